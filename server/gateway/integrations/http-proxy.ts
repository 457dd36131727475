import { repairUtf8, repairUtf8Stream, textFromUtf8 } from "@/server/toolkit/utf8";
import { compileRequestMappings, type RequestMappings } from "../compile/compile-request-mappings";
import { compileUri } from "../compile/compile-uri";
import { firstAcceptedType, mediaTypeOf } from "../context/media-type";
import { answerPayload, requestPayload } from "../context/payload";
import { headerOf } from "../context/request-headers";
import { configurationError } from "../errors";
import type { Exchange } from "../exchange";
import { addIdentityHeaders } from "../headers/answer-identity";
import { isProxiedRequestHeader, proxiedResponseHeaderName } from "../headers/header-rules";
import { headerTextToWire } from "../headers/header-text";
import type { AnswerBody } from "../http-message";
import { isW3cTraceHeader, w3cTraceHeaders, xrayTraceHeader } from "../observation/tracing/outgoing-trace";
import { invokeHttpStep } from "../steps/invoke-http";
import { appendQuery, valuesOf } from "./http-target";
import type { IntegrationInput, IntegrationModule } from "./integration";

const NO_PAIRS: ReadonlyMap<string, readonly string[]> = new Map();

/** HTTP_PROXY: the client's request passes as it is, mappings add to it; the answer passes back. */
export const httpProxyIntegration: IntegrationModule = {
  type: "HTTP_PROXY",
  label: "HTTP proxy",
  help: "Passes requests to an HTTP back end and its answers back. Mappings add headers and parameters.",
  compile(input) {
    const { integration, scope } = input;
    const mappings = compileRequestMappings(integration, scope, input.problems);
    const uri = compileUri(integration.uri ?? "", scope.stageVariables);
    const passesAllBytes = scope.isBinaryType(null);

    return {
      needsRequestBody: mappings.readsBody || integration.contentHandling !== null,
      steps: [
        {
          name: "map-request",
          run(exchange, ports) {
            if (mappings.illegalHeader !== null) {
              throw configurationError(`${mappings.illegalHeader} header already present`);
            }
            const { request } = exchange;
            const body = proxiedBody(exchange, input);
            if (mappings.readsBody)
              exchange.requestText = typeof body === "string" ? body : textFromUtf8(bytesRead(body));
            const endpoint = uri.resolve(valuesOf(exchange, mappings.path));
            if (!endpoint) throw configurationError("Invalid endpoint address");
            // The URI's own pairs come first, then the client's, then the mapped ones (recorded).
            let query = endpoint.query;
            if (request.rawQuery !== "")
              query = query === "" ? request.rawQuery : `${query}&${request.rawQuery}`;
            let pairs = NO_PAIRS;
            if (mappings.query.length > 0) {
              const mapped = new Map<string, readonly string[]>();
              for (const { name, source } of mappings.query) {
                const value = source(exchange);
                if (value !== undefined) mapped.set(name, typeof value === "string" ? [value] : value);
              }
              pairs = mapped;
            }
            const traceId = xrayTraceHeader(exchange, ports.ids);
            exchange.traceHeaders = w3cTraceHeaders(exchange);
            const headers = proxiedHeaders(exchange, mappings);
            headers.push("X-Amzn-Apigateway-Api-Id", exchange.runtime.apiId, "X-Amzn-Trace-Id", traceId);
            exchange.integrationRequest = {
              method:
                !integration.httpMethod || integration.httpMethod === "ANY"
                  ? request.method
                  : integration.httpMethod,
              origin: endpoint.origin,
              path: appendQuery(endpoint.path, query, pairs),
              headers,
              body,
            };
            if (exchange.trace) noteRequest(exchange);
          },
        },
        invokeHttpStep(integration, {
          isBuffered: scope.hasBinaryTypes && !passesAllBytes,
          clientCertificate: scope.clientCertificate,
        }),
        {
          name: "map-response",
          run: (exchange) => passAnswer(exchange, input, passesAllBytes),
        },
      ],
    };
  },
};

/** The client's body: whole if it was read, else as the stream it is. */
function proxiedBody(exchange: Exchange, { integration, scope }: IntegrationInput): AnswerBody {
  const { request } = exchange;
  if (request.body.sizeBytes === 0) return null;
  const isBinary = scope.isBinaryType(mediaTypeOf(headerOf(request.headers, "content-type")));
  const bytes = exchange.requestBytes;
  if (bytes === null) {
    const stream = request.body.stream();
    return isBinary ? stream : repairUtf8Stream(stream);
  }
  if (bytes.length === 0) return null;
  if (integration.contentHandling === null) return isBinary ? bytes : repairUtf8(bytes);
  const payload = requestPayload(bytes, isBinary, integration.contentHandling);
  return "text" in payload ? payload.text : payload.bytes;
}

/** A body that a mapping reads was read whole beforehand. */
function bytesRead(body: AnswerBody): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array(0);
}

/** The client's headers, then the mapped ones, then W3C's of the trace unless a mapping sets them. */
function proxiedHeaders(exchange: Exchange, mappings: RequestMappings): string[] {
  const mapped: string[] = [];
  let isTraceMapped = false;
  for (const { name, source } of mappings.headers) {
    const value = source(exchange);
    if (value === undefined) continue;
    isTraceMapped ||= name.toLowerCase() === "traceparent";
    mapped.push(name, headerTextToWire(typeof value === "string" ? value : value.join(",")));
  }
  const from = exchange.request.headers;
  const traceHeaders = isTraceMapped ? [] : exchange.traceHeaders;
  const headers: string[] = [];
  for (let i = 0; i + 1 < from.length; i += 2) {
    const name = from[i] as string;
    if (!isProxiedRequestHeader(name)) continue;
    if (mappings.headerNames.size > 0 && mappings.headerNames.has(name.toLowerCase())) continue;
    if (traceHeaders.length > 0 && isW3cTraceHeader(name.toLowerCase())) continue;
    headers.push(name, from[i + 1] as string);
  }
  headers.push(...mapped);
  for (let i = 0; i + 1 < traceHeaders.length; i += 2) {
    const name = traceHeaders[i] as string;
    // A mapped tracestate beside the gateway's own traceparent stays.
    if (!mappings.headerNames.has(name) || name === "traceparent")
      headers.push(name, traceHeaders[i + 1] as string);
  }
  return headers;
}

function passAnswer(exchange: Exchange, { scope }: IntegrationInput, passesAllBytes: boolean): void {
  const answer = exchange.integrationAnswer;
  if (!answer) throw new Error("map-response ran before invoke-integration");
  exchange.status = answer.status;
  let contentType: string | null = null;
  let isPacked = false;
  for (let i = 0; i + 1 < answer.headers.length; i += 2) {
    const name = answer.headers[i] as string;
    const value = answer.headers[i + 1] as string;
    if (name.length === 12 && name.toLowerCase() === "content-type") contentType = value;
    else if (name.length === 16 && name.toLowerCase() === "content-encoding")
      isPacked = value.toLowerCase() !== "identity";
    const sentAs = proxiedResponseHeaderName(name);
    if (sentAs !== null) exchange.headers.push(sentAs, value);
  }
  if (contentType === null) exchange.headers.push("Content-Type", "application/json");
  addIdentityHeaders(exchange);
  const body = answer.body;
  if (body === null) return;
  if (!(body instanceof Uint8Array)) {
    exchange.body = passesAllBytes || isPacked ? body : repairUtf8Stream(body);
  } else if (passesAllBytes || isPacked || body.length === 0) {
    exchange.body = body;
  } else if (!scope.hasBinaryTypes) {
    exchange.body = repairUtf8(body);
  } else {
    const is = {
      binaryPayload: scope.isBinaryType(mediaTypeOf(contentType)),
      binaryAccepted: scope.isBinaryType(firstAcceptedType(headerOf(exchange.request.headers, "accept"))),
    };
    const payload = answerPayload(body, is, null);
    exchange.body = "text" in payload ? payload.text : payload.bytes;
  }
  if (exchange.trace)
    exchange.note = { summary: `status ${exchange.status} passed on`, output: exchange.body };
}

function noteRequest(exchange: Exchange): void {
  const request = exchange.integrationRequest;
  if (request)
    exchange.note = { summary: `${request.method} ${request.origin}${request.path}`, output: request.body };
}
