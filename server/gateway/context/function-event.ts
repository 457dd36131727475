import type { Exchange } from "../exchange";
import { isW3cTraceHeader } from "../observation/tracing/outgoing-trace";
import { commonLogTime, domainPrefixOf, identityOf } from "./exchange-context";

type Texts = Readonly<Record<string, string>>;
type TextLists = Readonly<Record<string, readonly string[]>>;

/** The part of a function's event that describes the request: what a REQUEST authorizer gets as well. */
export type RequestEvent = {
  readonly resource: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly headers: Texts | null;
  readonly multiValueHeaders: TextLists | null;
  readonly queryStringParameters: Texts | null;
  readonly multiValueQueryStringParameters: TextLists | null;
  readonly pathParameters: Texts | null;
  readonly stageVariables: Texts | null;
  readonly requestContext: Readonly<Record<string, unknown>>;
};

/**
 * The request as an event of format 1.0. What is empty is null; paths are not decoded, queries are; single values
 * are the last of several (recorded: Lambda proxy integration).
 */
export function requestEventOf(exchange: Exchange): RequestEvent {
  const { parameters, request, route, runtime } = exchange;
  const headerLists = eventHeaders(exchange);
  return {
    resource: route?.resourcePath ?? request.path,
    // With the base path of a custom domain name, but never with the stage.
    path: request.customDomain ? request.fullPath : request.path,
    httpMethod: request.method,
    headers: lastOfEach(headerLists),
    multiValueHeaders: headerLists,
    queryStringParameters: orNull(parameters.query),
    multiValueQueryStringParameters: orNull(parameters.queryLists),
    pathParameters: orNull(parameters.path),
    stageVariables: orNull(runtime.stageVariables),
    requestContext: requestContextOf(exchange),
  };
}

/** `requestContext`; `authorizer` and the key's names are there only if they were used (recorded). */
function requestContextOf(exchange: Exchange): Record<string, unknown> {
  const { request, route, runtime } = exchange;
  const context: Record<string, unknown> = {
    resourceId: route?.resourceId ?? null,
    resourcePath: route?.resourcePath ?? null,
    httpMethod: request.method,
    extendedRequestId: exchange.extendedRequestId,
    requestTime: commonLogTime(exchange.receivedAtMs),
    path: request.fullPath,
    accountId: runtime.accountId,
    protocol: request.protocol,
    stage: runtime.stageName,
    domainPrefix: domainPrefixOf(exchange),
    requestTimeEpoch: Math.floor(exchange.receivedAtMs),
    requestId: exchange.requestId,
    identity: identityOf(exchange),
    domainName: request.domainName,
    deploymentId: runtime.deploymentId,
    apiId: runtime.apiId,
  };
  if (exchange.authorizer) context.authorizer = exchange.authorizer;
  return context;
}

/** Header names keep the client's casing, but for these (recorded). */
const CANONICAL: Readonly<Record<string, string>> = {
  authorization: "Authorization",
  "user-agent": "User-Agent",
  host: "Host",
};

function eventHeaders({ parameters, traceId, traceHeaders }: Exchange): Record<string, readonly string[]> {
  const lists: Record<string, readonly string[]> = Object.create(null);
  for (const [name, values] of Object.entries(parameters.headerLists)) {
    const lower = name.toLowerCase();
    if (lower === "x-amzn-trace-id") continue;
    if (traceHeaders.length > 0 && isW3cTraceHeader(lower)) continue;
    const shown = Object.hasOwn(CANONICAL, lower) ? (CANONICAL[lower] as string) : name;
    const before = lists[shown];
    lists[shown] = before ? [...before, ...values] : values;
  }
  if (traceId !== "") lists["X-Amzn-Trace-Id"] = [traceId];
  // What a function's code sees of a trace is its event, not the call's headers.
  for (let i = 0; i + 1 < traceHeaders.length; i += 2)
    lists[traceHeaders[i] as string] = [traceHeaders[i + 1] as string];
  return lists;
}

function lastOfEach(lists: TextLists): Record<string, string> {
  const single: Record<string, string> = Object.create(null);
  for (const name in lists) single[name] = lists[name]?.at(-1) ?? "";
  return single;
}

function orNull<T extends object>(record: T): T | null {
  for (const _ in record) return record;
  return null;
}
