import { compileRequestMappings, type Mapping } from "../compile/compile-request-mappings";
import { compileUri } from "../compile/compile-uri";
import { overrideTexts } from "../context/overrides";
import { headerOf } from "../context/request-headers";
import { configurationError } from "../errors";
import type { Exchange } from "../exchange";
import { isDroppedMappedHeader, isIllegalMappedHeader } from "../headers/header-rules";
import { headerTextToWire, isHeaderName } from "../headers/header-text";
import { w3cTraceHeaders, xrayTraceHeader } from "../observation/tracing/outgoing-trace";
import type { Ports } from "../ports";
import { answerSteps } from "../steps/answer-steps";
import { invokeHttpStep } from "../steps/invoke-http";
import { requestBodyMapper } from "../steps/map-request-body";
import { appendQuery, valuesOf } from "./http-target";
import type { IntegrationInput, IntegrationModule } from "./integration";

const BODYLESS = new Set(["GET", "HEAD", "OPTIONS"]);

/** HTTP: templates and mappings decide what the back end gets; nothing of the client passes by itself. */
export const httpIntegration: IntegrationModule = {
  type: "HTTP",
  label: "HTTP",
  help: "Calls an HTTP back end with a mapped request and maps its answer.",
  compile(input) {
    const mapper = requestBodyMapper(input);
    const mappings = compileRequestMappings(input.integration, input.scope, input.problems);
    const mapRequest = requestMapper(input, mappings);
    return {
      needsRequestBody: true,
      steps: [
        {
          name: "map-request",
          run(exchange, ports) {
            if (mappings.illegalHeader !== null) {
              throw configurationError(`${mappings.illegalHeader} header already present`);
            }
            const { body } = mapper.map(exchange);
            mapRequest(exchange, ports, body);
          },
        },
        invokeHttpStep(input.integration, {
          isBuffered: true,
          clientCertificate: input.scope.clientCertificate,
        }),
        ...answerSteps(input),
      ],
    };
  },
};

function requestMapper(
  { integration, scope }: IntegrationInput,
  mappings: ReturnType<typeof compileRequestMappings>,
) {
  const uri = compileUri(integration.uri ?? "", scope.stageVariables);
  return (exchange: Exchange, ports: Ports, body: string | Uint8Array): void => {
    const { requestOverride } = exchange.overrides;
    const pathValues = valuesOf(exchange, mappings.path);
    for (const [name, value] of Object.entries(requestOverride?.path ?? {})) {
      pathValues[name] = overrideTexts(value).join(",");
    }
    const endpoint = uri.resolve(pathValues);
    if (!endpoint) throw configurationError("Invalid endpoint address");

    const query = new Map<string, readonly string[]>();
    for (const { name, source } of mappings.query) {
      const value = source(exchange);
      if (value !== undefined) query.set(name, typeof value === "string" ? [value] : value);
    }
    for (const [name, value] of Object.entries(requestOverride?.querystring ?? {})) {
      query.set(name, overrideTexts(value));
    }
    const method =
      !integration.httpMethod || integration.httpMethod === "ANY"
        ? exchange.request.method
        : integration.httpMethod;
    exchange.traceId = xrayTraceHeader(exchange, ports.ids);
    exchange.traceHeaders = w3cTraceHeaders(exchange);
    exchange.integrationRequest = {
      method,
      origin: endpoint.origin,
      path: appendQuery(endpoint.path, endpoint.query, query),
      headers: headersFor(exchange, mappings.headers),
      body: body.length === 0 ? null : body,
    };
    if (exchange.trace) {
      exchange.note = {
        summary: `${method} ${endpoint.origin}${exchange.integrationRequest.path}`,
        input: exchange.requestText ?? "",
        output: body,
      };
    }
  };
}

/** The gateway's defaults, over them the mappings, over them `$context.requestOverride.header`. */
function headersFor(exchange: Exchange, mappings: readonly Mapping[]): string[] {
  const { runtime, request, overrides } = exchange;
  const named = new Map<string, readonly [string, ...string[]]>([
    ["accept", ["Accept", "application/json"]],
    ["user-agent", ["User-Agent", `AmazonAPIGateway_${runtime.apiId}`]],
    ["x-amzn-apigateway-api-id", ["X-Amzn-Apigateway-Api-Id", runtime.apiId]],
    ["x-amzn-trace-id", ["X-Amzn-Trace-Id", exchange.traceId]],
  ]);
  const { traceHeaders } = exchange;
  for (let i = 0; i + 1 < traceHeaders.length; i += 2) {
    const name = traceHeaders[i] as string;
    named.set(name, [name, traceHeaders[i + 1] as string]);
  }
  const ownTrace = named.get("traceparent");
  const ownState = named.get("tracestate");
  const contentType = headerOf(request.headers, "content-type");
  if (contentType !== null && !BODYLESS.has(request.method))
    named.set("content-type", ["Content-Type", contentType]);

  for (const { name, source } of mappings) {
    const value = source(exchange);
    if (value === undefined) continue;
    // Several values become one header, joined with a comma (checked on AWS by hand, by others).
    named.set(name.toLowerCase(), [
      name,
      headerTextToWire(typeof value === "string" ? value : value.join(",")),
    ]);
  }
  for (const [name, value] of Object.entries(overrides.requestOverride?.header ?? {})) {
    if (isIllegalMappedHeader(name, "http")) throw configurationError(`${name} header already present`);
    if (!isHeaderName(name)) throw configurationError(`${name} is not a header name`);
    if (isDroppedMappedHeader(name)) continue;
    named.set(name.toLowerCase(), [name, ...overrideTexts(value).map(headerTextToWire)]);
  }
  // Who sets the trace sets its state as well.
  if (named.get("traceparent") !== ownTrace && named.get("tracestate") === ownState)
    named.delete("tracestate");
  const headers: string[] = [];
  for (const [name, ...values] of named.values()) for (const value of values) headers.push(name, value);
  return headers;
}
