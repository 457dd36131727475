import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { TestInvokeRequest } from "@/server/gateway/test-invoke";
import { PathRouter } from "@/server/toolkit/path-pattern/path-router";

/**
 * Names the resource of a request that only has an address, as a client has it: `/pets/7?full=true`. A request that
 * names a resource, by id or by its own path (`/pets/{petId}`), stays as it is, and so does one that fits none.
 */
export function locateRequest(definition: ApiDefinition, request: TestInvokeRequest): TestInvokeRequest {
  const address = request.pathWithQueryString ?? request.path;
  if (request.resourceId !== undefined || address === undefined) return request;
  const router = new PathRouter<string>();
  for (const resource of Object.values(definition.resources)) {
    const path = resourcePath(definition, resource.id) ?? "/";
    if (request.path === path) return { ...request, resourceId: resource.id };
    const parts = path.split("/").filter(Boolean);
    for (const method of Object.keys(resource.resourceMethods)) router.add(parts, method, resource.id);
  }
  const [path = ""] = address.split("?");
  const found = router.match(request.httpMethod, path);
  return found ? { ...request, resourceId: found.value, pathWithQueryString: address } : request;
}
