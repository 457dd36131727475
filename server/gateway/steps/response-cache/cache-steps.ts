import type { RouteInput } from "../../compile/compile-route";
import type { CompileScope } from "../../compile/compile-scope";
import type { Exchange } from "../../exchange";
import { addIdentityHeaders } from "../../headers/answer-identity";
import { methodSettingOf } from "../../policies/limits";
import type { CachedAnswer, CacheFind, CacheLease, CacheName, Ports } from "../../ports";
import type { Step } from "../../runtime-api";
import { isCachedByDefault, type MethodSetting } from "../../snapshot/stage-config";
import { compileCacheWish } from "./cache-control";
import { compileCacheKey } from "./cache-key";
import { canRead, keepAnswer } from "./keep-answer";

/** The cache as one exchange uses it. */
export type CacheUse = {
  readonly outcome: "hit" | "miss";
  /** What has to be kept or given back; null if the answer is not for keeping. */
  readonly lease: CacheLease | null;
  readonly warning: string | null;
};

/**
 * Puts a method's integration behind the stage's cache: read-cache before it, write-cache behind it; the same list
 * where the stage has no cache or the method's caching is off. What is kept is the method response (status, headers,
 * body after the integration response's mapping) of any status that an integration response gave; failures of the
 * gateway or of a back end that gave no answer are never kept. AWS keeps errors that back ends answer with, too
 * (its users report it, and that there is no switch).
 */
export function cachedSteps(steps: readonly Step[], input: RouteInput, scope: CompileScope): readonly Step[] {
  const { cache } = scope;
  const integration = input.method.methodIntegration;
  // Streamed answers are not cached (developer guide, response streaming).
  if (!cache || !integration || integration.responseTransferMode === "STREAM") return steps;
  const setting = cachingOf(input, scope);
  if (!setting) return steps;
  const { resourceId } = input;
  const keyOf = compileCacheKey({ resourceId, integration, scope, deploymentId: cache.deploymentId });
  const reading: Reading = {
    verb: setting.verb,
    wishOf: compileCacheWish(setting.method, scope),
    nameOf: (exchange) => ({
      stage: cache.stage,
      sizeBytes: cache.sizeBytes,
      key: keyOf(exchange),
      ttlMs: setting.method.cacheTtlInSeconds * 1_000,
      isEncrypted: setting.method.cacheDataEncrypted,
    }),
  };
  return [
    { name: "read-cache", run: (exchange, ports) => read(exchange, ports, reading) },
    ...steps.map(unlessHit),
    { name: "write-cache", run: write },
  ];
}

/**
 * The setting that turns caching on. The stage's own (star/star) does so for GET only, and so does any of an ANY method:
 * bodies are no part of the key, and nobody who turns caching on for a proxy means its POSTs.
 */
function cachingOf(
  { resourcePath, httpMethod }: RouteInput,
  { methodSettings }: CompileScope,
): { method: MethodSetting; verb: string | null } | null {
  const method = methodSettingOf(methodSettings, resourcePath, httpMethod);
  if (!method?.cachingEnabled || method.cacheTtlInSeconds === 0) return null;
  if (isCachedByDefault(httpMethod)) return { method, verb: "GET" };
  return method === methodSettings["*/*"] ? null : { method, verb: null };
}

type Reading = {
  /** The only verb that is cached; null for each that comes here. */
  readonly verb: string | null;
  readonly wishOf: ReturnType<typeof compileCacheWish>;
  nameOf(exchange: Exchange): CacheName;
};

function read(exchange: Exchange, { responseCache }: Ports, reading: Reading): void | Promise<void> {
  if (!responseCache) return;
  if (reading.verb !== null && exchange.request.method !== reading.verb) {
    tell(exchange, `bypassed: of this method ${reading.verb} only is cached`);
    return;
  }
  const { replaces, warning } = reading.wishOf(exchange);
  const name = reading.nameOf(exchange);
  if (replaces) {
    const anew = (lease: CacheLease) =>
      miss(exchange, { lease, warning }, "bypassed: the client asks for a fresh answer (max-age=0)");
    const lease = responseCache.replace(name);
    return lease instanceof Promise ? lease.then(anew) : anew(lease);
  }
  const found = responseCache.find(name);
  return found instanceof Promise
    ? found.then((late) => take(exchange, late, warning))
    : take(exchange, found, warning);
}

function take(exchange: Exchange, found: CacheFind, warning: string | null): void {
  if ("lease" in found) miss(exchange, { lease: found.lease, warning }, "miss");
  else if (canRead(exchange, found.answer.headers)) hit(exchange, found.answer, warning);
  else miss(exchange, { lease: null, warning }, "miss: it is kept in a coding the client cannot read");
}

function miss(exchange: Exchange, use: Omit<CacheUse, "outcome">, summary: string): void {
  exchange.cacheUse = { outcome: "miss", ...use };
  tell(exchange, summary, use.warning);
}

function hit(exchange: Exchange, answer: CachedAnswer, warning: string | null): void {
  exchange.cacheUse = { outcome: "hit", lease: null, warning };
  exchange.status = answer.status;
  exchange.headers = [...answer.headers];
  exchange.body = answer.body;
  addIdentityHeaders(exchange);
  tell(exchange, `hit: status ${answer.status}`, warning);
}

function tell(exchange: Exchange, summary: string, warning: string | null = null): void {
  if (!exchange.trace) return;
  const ignored = warning === null ? "" : "; max-age=0 is not for this caller and was ignored";
  exchange.note = { summary: `${summary}${ignored}` };
}

/** A step of the integration: not run for a hit; gives the lease back if it fails. */
function unlessHit(step: Step): Step {
  return {
    ...step,
    run(exchange, ports) {
      const use = exchange.cacheUse;
      if (use?.outcome === "hit") {
        if (exchange.trace) exchange.note = { summary: "answered from the cache", isSkipped: true };
        return;
      }
      return releasing(exchange, ports, () => step.run(exchange, ports));
    },
  };
}

function releasing(
  exchange: Exchange,
  { responseCache }: Ports,
  work: () => void | Promise<void>,
): void | Promise<void> {
  const lease = exchange.cacheUse?.lease ?? null;
  if (lease === null) return work();
  const giveBack = (error: unknown): never => {
    responseCache?.release(lease);
    throw error;
  };
  try {
    return work()?.catch(giveBack);
  } catch (error) {
    return giveBack(error);
  }
}

function write(exchange: Exchange, ports: Ports): void | Promise<void> {
  const { responseCache } = ports;
  const use = exchange.cacheUse;
  if (!use || !responseCache) return;
  const { lease, warning } = use;
  const kept =
    lease === null
      ? undefined
      : releasing(exchange, ports, () => keepAnswer(exchange, { lease, responseCache }));
  if (warning === null) return kept;
  // Behind the keeping: it is for this client only.
  const warn = () => void exchange.headers.push("Warning", warning);
  return kept ? kept.then(warn) : warn();
}
