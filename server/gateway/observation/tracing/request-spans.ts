import type { Exchange } from "../../exchange";
import type { Ids } from "../../ports";
import { storableText } from "../masked-text";
import type { ObservedStep } from "../observation";
import type { RequestTracing } from "./begin-tracing";
import type { Span } from "./span";

const MAX_PATH = 2_000;
const KNOWN_METHODS: ReadonlySet<string> = new Set(
  "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH".split(" "),
);

type Attributes = Record<string, string | number | boolean>;

/**
 * The spans of a finished exchange that is recorded: one for the request, below it one for each step that ran; the call to the
 * back end is a client's. Names of attributes are OpenTelemetry's (HTTP and FaaS conventions) where there are any.
 * No values of headers, no queries, no bodies.
 */
export function requestSpans(
  exchange: Exchange,
  { tracing, steps, ids }: { tracing: RequestTracing; steps: readonly ObservedStep[]; ids: Ids },
): Span[] {
  const { traceId, spanId, parentId } = tracing;
  const { tracestate } = exchange.incomingTrace;
  const server: Span = {
    traceId,
    spanId,
    parentId,
    isParentRemote: true,
    tracestate,
    name: [knownMethod(exchange.request.method), exchange.route?.resourcePath].filter(Boolean).join(" "),
    kind: "server",
    startMs: exchange.receivedAtMs,
    durationMs: exchange.latencyMs,
    isFailed: exchange.status >= 500,
    attributes: serverAttributes(exchange),
  };
  // Others know of it already.
  const toldSpanIds: Record<string, string> = { authorize: tracing.authorizeSpanId };
  const children = steps
    .filter(({ outcome }) => outcome !== "skipped")
    .map((step): Span => {
      const isCall = step.name === "invoke-integration" && exchange.integrationRequest !== null;
      return {
        traceId,
        spanId: (isCall ? tracing.callSpanId : toldSpanIds[step.name]) ?? ids.hex(16),
        parentId: spanId,
        isParentRemote: false,
        tracestate,
        startMs: exchange.receivedAtMs + step.startMs,
        durationMs: step.durationMs,
        ...(isCall ? callOf(exchange, step) : stepOf(exchange, step)),
      };
    });
  return [server, ...children];
}

type Described = Pick<Span, "name" | "kind" | "isFailed"> & { readonly attributes: Attributes };

function stepOf(exchange: Exchange, { name, outcome }: ObservedStep): Described {
  const attributes: Attributes = { "gatehouse.step": name };
  const isFailed = outcome === "failed";
  if (isFailed && exchange.error) attributes["error.type"] = exchange.error.type;
  return { name, kind: "internal", isFailed, attributes };
}

/** The back-end call: a function's as FaaS, any other as HTTP. */
function callOf(exchange: Exchange, step: ObservedStep): Described {
  const { attributes, isFailed } = stepOf(exchange, step);
  const { functionCall, integrationRequest, integrationAnswer } = exchange;
  const status = integrationAnswer?.status ?? null;
  if (status !== null) attributes["http.response.status_code"] = status;
  if (functionCall) {
    const { functionName, region } = functionCall;
    attributes["faas.invoked_name"] = functionName;
    attributes["faas.invoked_provider"] = "aws";
    attributes["faas.invoked_region"] = region ?? exchange.runtime.region;
    if (exchange.functionError !== null) attributes["error.type"] = "function-error";
    const isError = isFailed || exchange.functionError !== null;
    return { name: `invoke ${functionName}`, kind: "client", isFailed: isError, attributes };
  }
  const { method = "", origin = "", path = "" } = integrationRequest ?? {};
  setMethod(attributes, method);
  const { host, port } = hostOf(origin);
  attributes["server.address"] = host;
  attributes["server.port"] = port;
  attributes["url.full"] = storableText(origin + (path.split("?")[0] as string), MAX_PATH);
  if (status !== null && status >= 400) attributes["error.type"] = String(status);
  return {
    name: knownMethod(method),
    kind: "client",
    isFailed: isFailed || (status !== null && status >= 400),
    attributes,
  };
}

function serverAttributes(exchange: Exchange): Attributes {
  const { runtime, request, route, status, error, incomingTrace, tracing } = exchange;
  const attributes: Attributes = {
    "url.path": storableText(request.fullPath, MAX_PATH),
    "url.scheme": request.forwarded?.protocol ?? "http",
    "network.protocol.version": request.protocol.replace("HTTP/", ""),
    "client.address": request.sourceIp,
    "server.address": request.domainName,
    "http.response.status_code": status,
    "aws.api_id": runtime.apiId,
    "aws.api_stage": runtime.stageName,
    "aws.request_id": exchange.requestId,
    "gatehouse.api_name": runtime.apiName,
    "gatehouse.deployment_id": runtime.deploymentId,
  };
  setMethod(attributes, request.method);
  if (request.forwarded) attributes["server.port"] = request.forwarded.port;
  if (route) attributes["http.route"] = route.resourcePath;
  if (runtime.isCanary !== null) attributes["gatehouse.canary"] = runtime.isCanary;
  if (exchange.cacheUse) attributes["gatehouse.cache"] = exchange.cacheUse.outcome;
  if (error) attributes["gatehouse.response_type"] = error.type;
  if (status >= 500) attributes["error.type"] = error?.type ?? String(status);
  const { xray } = incomingTrace;
  if (xray?.traceId && xray.traceId !== tracing?.traceId) attributes["gatehouse.xray_root"] = xray.root;
  return attributes;
}

function setMethod(attributes: Attributes, method: string): void {
  const known = knownMethod(method);
  attributes["http.request.method"] = known === "HTTP" ? "_OTHER" : known;
  if (known === "HTTP") attributes["http.request.method_original"] = storableText(method, 20);
}

/** A verb for names, of which there must be few. */
function knownMethod(method: string): string {
  return KNOWN_METHODS.has(method) ? method : "HTTP";
}

/** Of `https://host:port`; the scheme's port where none is named. */
function hostOf(origin: string): { host: string; port: number } {
  const [, scheme = "", host = "", port] = /^(\w+):\/\/(.*?)(?::(\d+))?$/.exec(origin) ?? [];
  return { host, port: port ? Number(port) : scheme === "https" ? 443 : 80 };
}
