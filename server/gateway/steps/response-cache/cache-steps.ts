import type { RouteInput } from "../../compile/compile-route";
import type { CompileScope } from "../../compile/compile-scope";
import type { Exchange } from "../../exchange";
import { addIdentityHeaders } from "../../headers/answer-identity";
import { methodSettingOf } from "../../policies/limits";
import type { CachedAnswer, CacheFind, CacheLease, CacheName, Ports } from "../../ports";
import type { Step } from "../../runtime-api";
import type { MethodSetting } from "../../snapshot/stage-config";
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

/** The setting that turns caching on; the stage's own (star/star) does so for GET only. */
function cachingOf(
  { resourcePath, httpMethod }: RouteInput,
  { methodSettings }: CompileScope,
): { method: MethodSetting; verb: string | null } | null {
  const method = methodSettingOf(methodSettings, resourcePath, httpMethod);
  if (!method?.cachingEnabled || method.cacheTtlInSeconds === 0) return null;
  if (method !== methodSettings["*/*"]) return { method, verb: null };
  return httpMethod === "GET" || httpMethod === "ANY" ? { method, verb: "GET" } : null;
}

type Reading = {
  /** The only verb that is cached; null for each that comes here. */
  readonly verb: string | null;
  readonly wishOf: ReturnType<typeof compileCacheWish>;
  nameOf(exchange: Exchange): CacheName;
};

function read(exchange: Exchange, { responseCache }: Ports, reading: Reading): void | Promise<void> {
  if (!responseCache || (reading.verb !== null && exchange.request.method !== reading.verb)) return;
  const { replaces, warning } = reading.wishOf(exchange);
  const name = reading.nameOf(exchange);
  if (replaces) {
    miss(exchange, { lease: responseCache.replace(name), warning }, "the client has it made anew");
    return;
  }
  const found = responseCache.find(name);
  return found instanceof Promise
    ? found.then((late) => take(exchange, late, warning))
    : take(exchange, found, warning);
}

function take(exchange: Exchange, found: CacheFind, warning: string | null): void {
  if ("lease" in found) miss(exchange, { lease: found.lease, warning }, "not in the cache");
  else if (canRead(exchange, found.answer.headers)) hit(exchange, found.answer, warning);
  else miss(exchange, { lease: null, warning }, "kept in a coding the client cannot read");
}

function miss(exchange: Exchange, use: Omit<CacheUse, "outcome">, summary: string): void {
  exchange.cacheUse = { outcome: "miss", ...use };
  if (exchange.trace) exchange.note = { summary };
}

function hit(exchange: Exchange, answer: CachedAnswer, warning: string | null): void {
  exchange.cacheUse = { outcome: "hit", lease: null, warning };
  exchange.status = answer.status;
  exchange.headers = [...answer.headers];
  exchange.body = answer.body;
  addIdentityHeaders(exchange);
  if (exchange.trace) exchange.note = { summary: `answered from the cache, status ${answer.status}` };
}

/** A step of the integration: not run for a hit; gives the lease back if it fails. */
function unlessHit(step: Step): Step {
  return {
    ...step,
    run(exchange, ports) {
      const use = exchange.cacheUse;
      if (use?.outcome === "hit") {
        if (exchange.trace) exchange.note = { summary: "answered from the cache" };
        return;
      }
      if (!use?.lease) return step.run(exchange, ports);
      return releasing(use.lease, () => step.run(exchange, ports));
    },
  };
}

function releasing(lease: CacheLease, work: () => void | Promise<void>): void | Promise<void> {
  const giveBack = (error: unknown): never => {
    lease.release();
    throw error;
  };
  try {
    return work()?.catch(giveBack);
  } catch (error) {
    return giveBack(error);
  }
}

function write(exchange: Exchange): void | Promise<void> {
  const use = exchange.cacheUse;
  if (!use) return;
  const { lease, warning } = use;
  const kept = lease ? releasing(lease, () => keepAnswer(exchange, lease)) : undefined;
  if (warning === null) return kept;
  // Behind the keeping: it is for this client only.
  const warn = () => void exchange.headers.push("Warning", warning);
  return kept ? kept.then(warn) : warn();
}
