import { EditError } from "@/server/domain/errors";
import type { Integration } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";

/**
 * What may be part of a cache key: parameters that the method request declares, and those that the integration request
 * maps (developer guide, "Use method or integration parameters as cache keys").
 */
export function cacheKeySources(
  method: Pick<Method, "requestParameters">,
  integration: Pick<Integration, "requestParameters">,
): string[] {
  return [...Object.keys(method.requestParameters), ...Object.keys(integration.requestParameters)];
}

/** The chosen parts of the cache key that neither the method declares nor the integration maps. */
export function unknownCacheKeys(
  method: Pick<Method, "requestParameters">,
  integration: Pick<Integration, "requestParameters" | "cacheKeyParameters">,
): string[] {
  const known = new Set(cacheKeySources(method, integration));
  return integration.cacheKeyParameters.filter((name) => !known.has(name));
}

/**
 * AWS takes no part of a cache key that is not declared. Parts that were there `before` stay: their parameter went
 * afterwards, which `check/` tells.
 *
 * @throws EditError in AWS's words (reported by its users; no recording has it)
 */
export function checkCacheKeys(
  method: Pick<Method, "requestParameters">,
  { next, before, path }: { next: Integration; before: Integration | null; path: readonly string[] },
): void {
  const isNew = (name: string) => !before?.cacheKeyParameters.includes(name);
  if (!unknownCacheKeys(method, next).some(isNew)) return;
  throw new EditError("BAD_REQUEST", "Invalid cache key parameter specified", [
    ...path,
    "cacheKeyParameters",
  ]);
}
