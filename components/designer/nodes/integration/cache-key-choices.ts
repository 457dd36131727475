import { cacheKeySources } from "@/server/domain/edits/rules/cache-keys";
import type { Integration } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";

export type CacheKeyChoice = {
  /** `method.request.querystring.page`. */
  readonly name: string;
  readonly isChosen: boolean;
  /** Chosen, but nothing declares it any more. */
  readonly isUnknown: boolean;
};

/** What can be ticked as a part of the cache key, and what is ticked although it is not declared (any more). */
export function cacheKeyChoices(
  method: Pick<Method, "requestParameters">,
  integration: Pick<Integration, "requestParameters" | "cacheKeyParameters">,
): CacheKeyChoice[] {
  const known = cacheKeySources(method, integration);
  const chosen = new Set(integration.cacheKeyParameters);
  const unknown = integration.cacheKeyParameters.filter((name) => !known.includes(name));
  return [
    ...known.map((name) => ({ name, isChosen: chosen.has(name), isUnknown: false })),
    ...unknown.map((name) => ({ name, isChosen: true, isUnknown: true })),
  ];
}

/** The parts of the key after one was ticked or unticked; the others keep their order, a new one comes last. */
export function withCacheKey(names: readonly string[], name: string, isChosen: boolean): string[] {
  const others = names.filter((one) => one !== name);
  return isChosen ? [...others, name] : others;
}
