import type { Exchange } from "../../exchange";
import type { HeaderList } from "../../http-message";
import type { Ids } from "../../ports";
import { newTraceId } from "./begin-tracing";
import { rootOf } from "./incoming-trace";
import { formatTraceparent } from "./traceparent";

const NONE: HeaderList = [];

/** Who is called: each has a span of its own to be the parent. */
type Called = "callSpanId" | "authorizeSpanId";

/**
 * The `X-Amzn-Trace-Id` of a call for the exchange. Without active tracing the client's Root, Parent and Sampled are
 * kept, and what is missing is made up (recorded: invocation trace id); where only a `traceparent` came it is
 * derived from that. With active tracing Parent is the gateway's own span, and Sampled what was decided.
 * A Root of another trace than the `traceparent` beside it stays a trace of its own.
 */
export function xrayTraceHeader(exchange: Exchange, ids: Ids, called: Called = "callSpanId"): string {
  const { tracing, receivedAtMs } = exchange;
  const { xray, w3c } = exchange.incomingTrace;
  if (tracing?.isActive && (!xray || xray.traceId === tracing.traceId)) {
    const { isRecorded, [called]: spanId, traceId } = tracing;
    const parent = isRecorded ? spanId : (xray?.parent ?? w3c?.parentId ?? spanId);
    return `Root=${xray?.root ?? rootOf(traceId)};Parent=${parent};Sampled=${isRecorded ? 1 : 0}`;
  }
  if (xray) return `Root=${xray.root};Parent=${xray.parent ?? ids.hex(16)};Sampled=${xray.sampled ?? "0"}`;
  if (w3c) {
    const parent = tracing ? tracing[called] : w3c.parentId;
    return `Root=${rootOf(w3c.traceId)};Parent=${parent};Sampled=${w3c.isSampled ? 1 : 0}`;
  }
  exchange.madeUpRoot ??= rootOf(newTraceId(receivedAtMs, ids));
  return `Root=${exchange.madeUpRoot}`;
}

/**
 * `traceparent` and `tracestate` of a call for the exchange: empty unless the stage has active tracing or one came in (AWS sends
 * none, and back ends may compare). What is not recorded passes as it came.
 */
export function w3cTraceHeaders(
  { tracing, incomingTrace: { w3c, tracestate } }: Exchange,
  called: Called = "callSpanId",
): HeaderList {
  let text: string;
  if (tracing && (w3c ? tracing.isRecorded : tracing.isActive)) {
    const { traceId, [called]: parentId, isRecorded: isSampled } = tracing;
    text = formatTraceparent({ traceId, parentId, isSampled, isRandom: w3c?.isRandom ?? false });
  } else if (w3c) text = w3c.text;
  else return NONE;
  return tracestate === "" ? ["traceparent", text] : ["traceparent", text, "tracestate", tracestate];
}

/** Whether a header (lower case) is one of W3C's two. */
export function isW3cTraceHeader(lower: string): boolean {
  return lower === "traceparent" || lower === "tracestate";
}
