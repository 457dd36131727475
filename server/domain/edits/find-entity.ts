import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import type { Resource } from "@/server/gateway/snapshot/api-snapshot";
import type { Integration } from "@/server/gateway/snapshot/integration";
import type { HttpMethod, Method } from "@/server/gateway/snapshot/method";

export type MethodKey = { readonly resourceId: string; readonly httpMethod: HttpMethod };

/** @throws EditError NOT_FOUND in AWS's words, as do the functions below */
export function findResource(definition: ApiDefinition, resourceId: string): Resource {
  const resource = ownEntry(definition.resources, resourceId);
  if (!resource)
    throw new EditError("NOT_FOUND", "Invalid Resource identifier specified", ["resources", resourceId]);
  return resource;
}

export function findMethod(definition: ApiDefinition, key: MethodKey): Method {
  const method = ownEntry(findResource(definition, key.resourceId).resourceMethods, key.httpMethod);
  if (!method) throw new EditError("NOT_FOUND", "Invalid Method identifier specified", methodPath(key));
  return method;
}

export function findIntegration(definition: ApiDefinition, key: MethodKey): Integration {
  const integration = findMethod(definition, key).methodIntegration;
  if (!integration) {
    throw new EditError("NOT_FOUND", "Invalid Integration identifier specified", integrationPath(key));
  }
  return integration;
}

export function methodPath(key: MethodKey): string[] {
  return ["resources", key.resourceId, "resourceMethods", key.httpMethod];
}

export function integrationPath(key: MethodKey): string[] {
  return [...methodPath(key), "methodIntegration"];
}

/** `GET /pets`, for labels and sentences; an unknown resource shows as `?`. */
export function methodName(definition: ApiDefinition, key: MethodKey): string {
  return `${key.httpMethod} ${resourcePath(definition, key.resourceId) ?? "?"}`;
}
