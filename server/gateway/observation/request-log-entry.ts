import type { Exchange } from "../exchange";
import { explainRefusal, type RefusalExplanation } from "./explain-refusal";
import { maskedHeaders, storableText } from "./masked-text";
import type { ObservedStep } from "./observation";

const MAX_PATH = 2_000;
const MAX_NAME = 200;
const MAX_HEADERS = 60;
const MAX_HEADER_VALUE = 500;

/** One request of a client as the request log keeps it; secrets are masked, bodies left out. */
export type RequestLogEntry = {
  readonly atMs: number;
  readonly apiId: string;
  readonly stage: string;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** `GET /pets/{petId}`; "" if no route matched. */
  readonly route: string;
  readonly status: number;
  readonly latencyMs: number;
  readonly integrationMs: number;
  readonly keyId: string | null;
  readonly keyName: string | null;
  readonly planId: string | null;
  readonly sourceIp: string;
  readonly deploymentId: string;
  readonly isCanary: boolean | null;
  /** The type of the gateway response that ended it; null if the integration answered. */
  readonly errorType: string | null;
  readonly detail: {
    readonly steps: readonly ObservedStep[];
    readonly requestHeaders: readonly [string, string][];
    readonly responseHeaders: readonly [string, string][];
    readonly bytesSent: number;
    readonly refusal: RefusalExplanation | null;
    /** Lines of the execution log; empty where the method writes none. */
    readonly log: readonly string[];
    /** The trace it belongs to: 32 hex digits, and whether this gateway recorded it. Absent or null: none. */
    readonly trace?: { readonly id: string; readonly isRecorded: boolean } | null;
  };
};

/** What is kept of a recorded exchange. */
export function requestLogEntry(
  exchange: Exchange,
  { steps, log }: { steps: readonly ObservedStep[]; log: readonly string[] },
): RequestLogEntry {
  const { runtime, request, key, error } = exchange;
  return {
    atMs: exchange.receivedAtMs,
    apiId: runtime.apiId,
    stage: runtime.stageName,
    requestId: exchange.requestId,
    method: storableText(request.method, 20),
    path: storableText(request.path, MAX_PATH),
    route: exchange.route?.label ?? "",
    status: exchange.status,
    latencyMs: exchange.latencyMs,
    integrationMs: exchange.integrationLatencyMs,
    keyId: key?.id ?? null,
    keyName: key ? storableText(key.name, MAX_NAME) : null,
    planId: key?.plan.planId ?? null,
    sourceIp: request.sourceIp,
    deploymentId: runtime.deploymentId,
    isCanary: runtime.isCanary,
    errorType: error?.type ?? null,
    detail: {
      steps,
      requestHeaders: storableHeaders(request.headers),
      responseHeaders: storableHeaders(exchange.headers),
      bytesSent: exchange.bytesSent ?? 0,
      refusal: error ? explainRefusal(exchange, error) : null,
      log,
      trace: traceOf(exchange),
    },
  };
}

/** An id that nobody else knows (made up, not recorded, not sent on) leads nowhere. */
function traceOf({ tracing, traceHeaders, incomingTrace: { w3c, xray } }: Exchange) {
  const isRecorded = tracing?.isRecorded ?? false;
  const own = isRecorded || traceHeaders.length > 0 ? tracing?.traceId : null;
  const id = own ?? w3c?.traceId ?? xray?.traceId ?? null;
  return id === null ? null : { id, isRecorded };
}

function storableHeaders(headers: readonly string[]): [string, string][] {
  return maskedHeaders(headers)
    .slice(0, MAX_HEADERS)
    .map(([name, value]) => [storableText(name, MAX_NAME), storableText(value, MAX_HEADER_VALUE)]);
}
