import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { Method } from "@/server/gateway/snapshot/method";

export type MethodRoute = {
  /** AWS's key in methodSettings: `~1pets~1{petId}/GET`. */
  settingKey: string;
  /** AWS's key in a usage plan's throttle: `/pets/{petId}/GET`. */
  planKey: string;
  path: string;
  httpMethod: string;
  apiKeyRequired: boolean;
  authorizationType: Method["authorizationType"];
};

/** Every method of a definition by path, with the names that settings and plans know it by. */
export function methodRoutes(definition: ApiDefinition): MethodRoute[] {
  return Object.values(definition.resources)
    .flatMap((resource) => {
      const path = resourcePath(definition, resource.id) ?? "/";
      return Object.entries(resource.resourceMethods).map(
        ([httpMethod, { apiKeyRequired, authorizationType }]) => ({
          settingKey: `${path.replaceAll("/", "~1")}/${httpMethod}`,
          planKey: `${path}/${httpMethod}`,
          path,
          httpMethod,
          apiKeyRequired,
          authorizationType,
        }),
      );
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
