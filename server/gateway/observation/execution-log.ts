import { textFromUtf8 } from "@/server/toolkit/utf8";
import { MONTH_NAMES } from "../context/month-names";
import type { Exchange, IntegrationRequest } from "../exchange";
import type { AnswerBody, HeaderList } from "../http-message";
import type { Trace, UpstreamAnswer } from "../ports";
import { headerPairs, maskedPairs } from "./masked-text";

const MAX_LIST_LENGTH = 1_000;

/** `{a=1, b=2}` as AWS's execution log prints maps; long ones are cut, their brace too (recorded). */
export function logMap(entries: Iterable<readonly [string, string]>): string {
  const text = [...entries].map(([name, value]) => `${name}=${value}`).join(", ");
  return text.length <= MAX_LIST_LENGTH ? `{${text}}` : `{${text.slice(0, MAX_LIST_LENGTH)} [TRUNCATED]`;
}

/** A test run shows its author everything; logs of clients' requests mask what opens doors. */
function shown(trace: Trace, pairs: [string, string][]): [string, string][] {
  return trace.isLive ? maskedPairs(pairs) : pairs;
}

/** A body for a log or a trace; a stream shows as a note. */
export function bodyText(body: AnswerBody): string {
  if (body === null) return "";
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? textFromUtf8(body) : "[streamed]";
}

/** The lines before the integration: what came in. */
export function logMethodRequest(exchange: Exchange): void {
  const { trace, request, parameters } = exchange;
  if (!trace || trace.isSilent) return;
  trace.log(`Starting execution for request: ${exchange.requestId}`);
  trace.log(`HTTP Method: ${request.method}, Resource Path: ${request.path}`);
  trace.log(`Method request path: ${logMap(Object.entries(parameters.path))}`);
  trace.log(`Method request query string: ${logMap(shown(trace, Object.entries(parameters.query)))}`);
  trace.log(`Method request headers: ${logMap(shown(trace, Object.entries(parameters.headers)))}`);
  trace.log(`Method request body before transformations: ${bodyText(exchange.requestBytes)}`);
}

/** The first headers of a signed call in AWS's log, in its order and spelling (recorded). */
const CALL_HEADERS = [
  "x-amzn-lambda-integration-tag",
  "Authorization",
  "X-Amz-Date",
  "x-amzn-apigateway-api-id",
  "Accept",
  "User-Agent",
  "X-Amz-Security-Token",
];
const SECRET_HEADERS = new Set(["Authorization", "X-Amz-Security-Token"]);
const SHOWN_OF_SECRET = 6;

/** The headers of a signed call as AWS's log shows them: its order first, of credentials the last characters only. */
export function shownCallHeaders(headers: HeaderList): string[] {
  const rest = headerPairs(headers);
  const shown = CALL_HEADERS.flatMap((name) => {
    const index = rest.findIndex(([given]) => given.toLowerCase() === name.toLowerCase());
    const value = index < 0 ? undefined : rest.splice(index, 1)[0]?.[1];
    if (value === undefined) return [];
    return [name, SECRET_HEADERS.has(name) ? masked(value) : value];
  });
  return [...shown, ...rest.flat()];
}

function masked(secret: string): string {
  const hidden = Math.max(0, secret.length - SHOWN_OF_SECRET);
  return (
    "*".repeat(hidden) +
    (hidden > SHOWN_OF_SECRET ? secret.slice(hidden) : "*".repeat(secret.length - hidden))
  );
}

export function logEndpointRequest(exchange: Exchange, request: IntegrationRequest): void {
  const { trace } = exchange;
  if (!trace || trace.isSilent) return;
  const uri = request.origin + request.path;
  trace.log(`Endpoint request URI: ${uri}`);
  trace.log(`Endpoint request headers: ${logMap(shown(trace, headerPairs(request.headers)))}`);
  trace.log(`Endpoint request body after transformations: ${bodyText(request.body)}`);
  trace.log(`Sending request to ${uri}`);
}

export function logEndpointResponse(exchange: Exchange, answer: UpstreamAnswer): void {
  const { trace } = exchange;
  if (!trace || trace.isSilent) return;
  const latencyMs = Math.round(exchange.integrationLatencyMs);
  trace.log(`Received response. Status: ${answer.status}, Integration latency: ${latencyMs} ms`);
  trace.log(`Endpoint response headers: ${logMap(shown(trace, headerPairs(answer.headers)))}`);
  trace.log(`Endpoint response body before transformations: ${bodyText(answer.body)}`);
}

/** The last lines: what goes out. `headers` are those of the method response, without the gateway's own. */
export function logMethodResponse(exchange: Exchange, headers: HeaderList): void {
  const { trace } = exchange;
  if (!trace || trace.isSilent) return;
  if (exchange.error) {
    if (exchange.error.logLine) trace.log(exchange.error.logLine);
  } else {
    trace.log(`Method response body after transformations: ${bodyText(exchange.body)}`);
    trace.log(`Method response headers: ${logMap(shown(trace, headerPairs(headers)))}`);
    trace.log("Successfully completed execution");
  }
  trace.log(`Method completed with status: ${exchange.status}`);
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** `Wed Nov 25 16:07:49 UTC 2026`. */
export function logDate(epochMs: number): string {
  const time = new Date(epochMs);
  const two = (n: number) => String(n).padStart(2, "0");
  const clock = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
  return `${DAYS[time.getUTCDay()]} ${MONTH_NAMES[time.getUTCMonth()]} ${two(time.getUTCDate())} ${clock} UTC ${time.getUTCFullYear()}`;
}
