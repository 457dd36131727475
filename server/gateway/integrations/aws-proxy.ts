import { encodeBase64 } from "@/server/toolkit/base64";
import { textFromUtf8, utf8FromText } from "@/server/toolkit/utf8";
import { compileFunctionUri } from "../compile/compile-function-uri";
import { compileRequestMappings } from "../compile/compile-request-mappings";
import { requestEventOf } from "../context/function-event";
import { mediaTypeOf } from "../context/media-type";
import { headerOf } from "../context/request-headers";
import { configurationError, GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import { w3cTraceHeaders, xrayTraceHeader } from "../observation/tracing/outgoing-trace";
import { functionCallHeaders, invokeFunctionStep } from "../steps/invoke-function";
import { proxyAnswer } from "../steps/proxy-answer";
import { valuesOf } from "./http-target";
import type { IntegrationModule } from "./integration";

/** AWS_PROXY: the function gets the whole request as an event and says the whole answer. */
export const awsProxyIntegration: IntegrationModule = {
  type: "AWS_PROXY",
  label: "Lambda proxy",
  help: "Hands the whole request to a function as an event; what the function returns is the answer.",
  compile(input) {
    const { integration, scope } = input;
    // Mappings have no effect on the event, but an illegal one fails every call (recorded).
    const mappings = compileRequestMappings(integration, scope, input.problems);
    const uri = compileFunctionUri(integration.uri ?? "", scope.stageVariables);

    return {
      needsRequestBody: true,
      steps: [
        {
          name: "map-request",
          run(exchange, ports) {
            if (mappings.illegalHeader !== null)
              throw configurationError(`${mappings.illegalHeader} header already present`);
            if (integration.httpMethod !== "POST") throw notPost(integration.httpMethod);
            const target = uri.resolve(valuesOf(exchange, mappings.path));
            if ("problem" in target) throw configurationError(target.problem);
            exchange.traceId = xrayTraceHeader(exchange, ports.ids);
            exchange.traceHeaders = w3cTraceHeaders(exchange);
            const event = JSON.stringify({
              ...requestEventOf(exchange),
              ...eventBody(exchange, scope.isBinaryType),
            });
            exchange.functionCall = {
              workspaceId: exchange.runtime.workspaceId,
              functionName: target.functionName,
              qualifier: null,
              region: target.region,
              payload: utf8FromText(event),
              invocationType: "RequestResponse",
              headers: functionCallHeaders(exchange),
              wantsLog: exchange.trace !== null && !exchange.trace.isLive,
              timeoutMs: integration.timeoutInMillis,
              owner: exchange.callOwner,
            };
            if (exchange.trace)
              exchange.note = { summary: `event for ${target.functionName}`, output: event };
          },
        },
        invokeFunctionStep(),
        { name: "map-response", run: (exchange) => proxyAnswer(exchange, scope.isBinaryType) },
      ],
    };
  },
};

/** Recorded: any other verb is accepted when it is configured, and fails every call with a 500. */
function notPost(httpMethod: string | null): GatewayError {
  return new GatewayError("INTEGRATION_FAILURE", {
    publicMessage: "Internal server error",
    defaultStatus: 500,
    logLine: `Execution failed due to configuration error: functions are invoked with POST, not ${httpMethod}`,
  });
}

/** Text as it is, or Base64 if the Content-Type is one of the API's binary types; null if there is none. */
function eventBody(
  exchange: Exchange,
  isBinaryType: (mediaType: string | null) => boolean,
): { body: string | null; isBase64Encoded: boolean } {
  const bytes = exchange.requestBytes;
  if (bytes === null || bytes.length === 0) return { body: null, isBase64Encoded: false };
  if (isBinaryType(mediaTypeOf(headerOf(exchange.request.headers, "content-type"))))
    return { body: encodeBase64(bytes), isBase64Encoded: true };
  const text = textFromUtf8(bytes);
  exchange.requestText = text;
  return { body: text, isBase64Encoded: false };
}
