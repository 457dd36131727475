import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { Method } from "@/server/gateway/snapshot/method";
import { cacheKeyGaps } from "./cache-key-gaps";

export type MethodRoute = {
  /** AWS's key in methodSettings: `~1pets~1{petId}/GET`. */
  settingKey: string;
  /** AWS's key in a usage plan's throttle: `/pets/{petId}/GET`. */
  planKey: string;
  path: string;
  httpMethod: string;
  apiKeyRequired: boolean;
  authorizationType: Method["authorizationType"];
  /** Parameters of the path that the cache key lacks. */
  cacheKeyGaps: string[];
};

/** Every method of a definition by path, with the names that settings and plans know it by. */
export function methodRoutes(definition: ApiDefinition): MethodRoute[] {
  return Object.values(definition.resources)
    .flatMap((resource) => {
      const path = resourcePath(definition, resource.id) ?? "/";
      return Object.entries(resource.resourceMethods).map(([httpMethod, method]) => ({
        settingKey: `${path.replaceAll("/", "~1")}/${httpMethod}`,
        planKey: `${path}/${httpMethod}`,
        path,
        httpMethod,
        apiKeyRequired: method.apiKeyRequired,
        authorizationType: method.authorizationType,
        cacheKeyGaps: cacheKeyGaps(definition, resource.id, method),
      }));
    })
    .sort((a, b) => a.path.localeCompare(b.path) || a.httpMethod.localeCompare(b.httpMethod));
}

/** The route a settings key means, even when the draft no longer has it. */
export function routeOfSettingKey(settingKey: string): Pick<MethodRoute, "path" | "httpMethod"> {
  const slash = settingKey.lastIndexOf("/");
  return {
    path: settingKey.slice(0, slash).replaceAll("~1", "/") || "/",
    httpMethod: settingKey.slice(slash + 1),
  };
}
