import type { CompileScope } from "../../compile/compile-scope";
import { GatewayError } from "../../errors";
import type { Exchange } from "../../exchange";
import { compileResourcePolicy, isAllowed } from "../../policies/authorize";
import type { Policy } from "../../policies/iam/policy";
import type { MethodSetting } from "../../snapshot/stage-config";

/** Warning 199 of RFC 7234 with the text that AWS's users report; no recording has it. */
const WARNING = "199 Cache-control headers were ignored because the caller was unauthorized.";

/** What a client wants of the cache: nothing special, an entry made anew, or more than it may. */
export type CacheWish = {
  readonly replaces: boolean;
  /** The `Warning` header to answer with; null for none. */
  readonly warning: string | null;
};

const NOTHING: CacheWish = { replaces: false, warning: null };
const ANEW: CacheWish = { replaces: true, warning: null };

/**
 * Reads `Cache-Control: max-age=0`: bypass, call the back end, replace the entry. Where a stage requires authorization,
 * a policy must allow `execute-api:InvalidateCache`, or the stage's strategy applies (developer guide, invalidating
 * cache entries): throws a 403 for FAIL_WITH_403.
 */
export function compileCacheWish(
  setting: MethodSetting,
  scope: CompileScope,
): (exchange: Exchange) => CacheWish {
  if (!setting.requireAuthorizationForCacheControl)
    return (exchange) => (asksForFresh(exchange) ? ANEW : NOTHING);
  const strategy = setting.unauthorizedCacheControlHeaderStrategy;
  const resourcePolicy = readableResourcePolicy(scope);
  const ignored: CacheWish = {
    replaces: false,
    warning: strategy === "SUCCEED_WITH_RESPONSE_HEADER" ? WARNING : null,
  };
  return (exchange) => {
    if (!asksForFresh(exchange)) return NOTHING;
    if (mayInvalidate(exchange, resourcePolicy)) return ANEW;
    if (strategy !== "FAIL_WITH_403") return ignored;
    throw new GatewayError("ACCESS_DENIED", {
      logLine: "Cache-Control: max-age=0 is refused: no policy allows execute-api:InvalidateCache",
    });
  };
}

function mayInvalidate(exchange: Exchange, resource: Policy | null): boolean {
  const own = exchange.decision?.policy ?? null;
  return isAllowed(exchange, { action: "execute-api:InvalidateCache", own, resource });
}

/** One that cannot be read refuses every request beforehand. */
function readableResourcePolicy(scope: CompileScope): Policy | null {
  try {
    return compileResourcePolicy(scope);
  } catch {
    return null;
  }
}

function asksForFresh({ request: { headers } }: Exchange): boolean {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() !== "cache-control") continue;
    if (/(^|,)\s*max-age\s*=\s*"?0+"?\s*(,|$)/i.test(headers[i + 1] as string)) return true;
  }
  return false;
}
