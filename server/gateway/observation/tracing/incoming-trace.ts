import { lowerName } from "../../headers/header-rules";
import type { HeaderList } from "../../http-message";
import { isZero, parseTraceparent, type Traceparent } from "./traceparent";
import { joinTracestate } from "./tracestate";

/** An `X-Amzn-Trace-Id` with a Root. */
export type XrayHeader = {
  /** As it came: `1-67891233-abcdef012345678912345678`. */
  readonly root: string;
  /** Root as 32 hex digits; null if it is not of X-Ray's form. */
  readonly traceId: string | null;
  readonly parent: string | null;
  readonly sampled: string | null;
};

/** What a client's headers say of the trace its request belongs to. */
export type IncomingTrace = {
  readonly xray: XrayHeader | null;
  readonly w3c: Traceparent | null;
  /** "" if there is none, or no valid `traceparent` beside it. */
  readonly tracestate: string;
};

const NO_TRACE: IncomingTrace = Object.freeze({ xray: null, w3c: null, tracestate: "" });
const XRAY = "x-amzn-trace-id";
const TRACEPARENT = "traceparent";
const TRACESTATE = "tracestate";

/** Of several `X-Amzn-Trace-Id` the last counts; several `traceparent` are none (W3C Trace Context, §3.2). */
export function readIncomingTrace(headers: HeaderList): IncomingTrace {
  let xray: string | null = null;
  let traceparent: string | null = null;
  let isRepeated = false;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] as string;
    // Lengths first: most headers are none of these.
    if (name.length === XRAY.length && lowerName(name) === XRAY) xray = headers[i + 1] as string;
    else if (name.length === TRACEPARENT.length && lowerName(name) === TRACEPARENT) {
      isRepeated ||= traceparent !== null;
      traceparent = headers[i + 1] as string;
    }
  }
  if (xray === null && traceparent === null) return NO_TRACE;
  const w3c = traceparent === null || isRepeated ? null : parseTraceparent(traceparent);
  return { xray: xray === null ? null : parseXray(xray), w3c, tracestate: w3c ? tracestateOf(headers) : "" };
}

/** Whether the caller wants this request recorded; null if it does not say. `traceparent` goes before X-Ray's header. */
export function callersDecision({ xray, w3c }: IncomingTrace): boolean | null {
  if (w3c) return w3c.isSampled;
  if (xray?.sampled === "1") return true;
  return xray?.sampled === "0" ? false : null;
}

/** `Root` of 32 hex digits. */
export function rootOf(traceId: string): string {
  return `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
}

function parseXray(header: string): XrayHeader | null {
  const root = /(?:^|;)\s*Root=([^;\s]+)/.exec(header)?.[1];
  if (!root) return null;
  const digits = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/i.exec(root);
  const traceId = digits ? `${digits[1]}${digits[2]}`.toLowerCase() : null;
  return {
    root,
    traceId: traceId === null || isZero(traceId) ? null : traceId,
    parent: /(?:^|;)\s*Parent=([^;\s]+)/.exec(header)?.[1] ?? null,
    sampled: /(?:^|;)\s*Sampled=([^;\s]+)/.exec(header)?.[1] ?? null,
  };
}

function tracestateOf(headers: HeaderList): string {
  const lines: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length === TRACESTATE.length && lowerName(name) === TRACESTATE)
      lines.push(headers[i + 1] as string);
  }
  return lines.length === 0 ? "" : joinTracestate(lines);
}
