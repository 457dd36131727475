import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { Resource } from "@/server/gateway/snapshot/api-snapshot";
import { methodView } from "./method-view";
import { present } from "./present";

/** AWS's Resource. Its methods are empty objects unless they are embedded. */
export function resourceView(definition: ApiDefinition, resource: Resource, embed: readonly string[] = []) {
  const methods = Object.values(resource.resourceMethods).map((method) => [
    method.httpMethod,
    embed.includes("methods") ? methodView(method, resource.id) : {},
  ]);
  return {
    id: resource.id,
    parentId: resource.parentId ?? undefined,
    pathPart: present(resource.pathPart),
    path: resourcePath(definition, resource.id),
    resourceMethods: present(Object.fromEntries(methods)),
  };
}
