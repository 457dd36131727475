import type { Exchange } from "../../exchange";
import type { Ids } from "../../ports";
import { callersDecision } from "./incoming-trace";
import type { Tracing } from "./span";
import { isZero } from "./traceparent";

/** The place of one request in its trace; ids as in Traceparent. */
export type RequestTracing = {
  /** The stage has active tracing: the gateway decides where its caller did not, and tells back ends. */
  readonly isActive: boolean;
  /** Spans of it are wanted. */
  readonly isRecorded: boolean;
  readonly traceId: string;
  /** The caller's span. */
  readonly parentId: string | null;
  /** Of the request itself. */
  readonly spanId: string;
  /** Of the call to the back end, which is its parent there. */
  readonly callSpanId: string;
  /** Of the step that asks an authorizer, likewise. */
  readonly authorizeSpanId: string;
};

/**
 * Decides at a request's start whether it is recorded. Its caller's decision holds; where there is none a stage with active
 * tracing asks the sampler, and any other records nothing (developer guide, X-Ray: passive tracing).
 */
export function beginTracing(exchange: Exchange, tracing: Tracing, ids: Ids): void {
  const { incomingTrace, runtime } = exchange;
  const isWanted = callersDecision(incomingTrace);
  if (!runtime.isTraced && isWanted !== true) return;
  const { w3c, xray } = incomingTrace;
  const spanId = ids.hex(16);
  const isRecorded = isWanted ?? tracing.sample();
  exchange.tracing = {
    isActive: runtime.isTraced,
    isRecorded,
    traceId: w3c?.traceId ?? xray?.traceId ?? newTraceId(exchange.receivedAtMs, ids),
    parentId: w3c ? w3c.parentId : xray?.traceId ? spanIdOf(xray.parent) : null,
    spanId,
    callSpanId: isRecorded ? ids.hex(16) : spanId,
    authorizeSpanId: isRecorded ? ids.hex(16) : spanId,
  };
}

/** 32 hex digits in X-Ray's manner: the seconds since 1970, then 24 random ones. */
export function newTraceId(nowMs: number, ids: Ids): string {
  const seconds = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, "0");
  return seconds + ids.hex(24);
}

/** X-Ray's Parent, if it can be a span's id. */
function spanIdOf(parent: string | null): string | null {
  if (parent === null || !/^[0-9a-f]{16}$/i.test(parent) || isZero(parent)) return null;
  return parent.toLowerCase();
}
