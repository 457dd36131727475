import { compileFunctionUri, type FunctionTarget } from "../compile/compile-function-uri";
import { compileRequestMappings, type Mapping } from "../compile/compile-request-mappings";
import { overrideTexts } from "../context/overrides";
import { configurationError } from "../errors";
import type { Exchange } from "../exchange";
import { isIllegalMappedHeader } from "../headers/header-rules";
import { headerTextToWire, isHeaderName } from "../headers/header-text";
import { w3cTraceHeaders, xrayTraceHeader } from "../observation/tracing/outgoing-trace";
import type { FunctionCall } from "../ports";
import { answerSteps } from "../steps/answer-steps";
import { functionCallHeaders, invokeFunctionStep, payloadBytes } from "../steps/invoke-function";
import { requestBodyMapper } from "../steps/map-request-body";
import { valuesOf } from "./http-target";
import type { IntegrationModule } from "./integration";

/** AWS: functions with a mapped request and a mapped answer. Other services of AWS are refused when called. */
export const awsIntegration: IntegrationModule = {
  type: "AWS",
  label: "AWS service",
  help: "Calls a function with a mapped request and maps its result; a pattern on its error message chooses the answer.",
  compile(input) {
    const { integration, scope } = input;
    const mapper = requestBodyMapper(input);
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
            const { body } = mapper.map(exchange);
            const target = uri.resolve(pathValues(exchange, mappings.path));
            if ("problem" in target) throw configurationError(target.problem);
            if (integration.httpMethod !== "POST")
              throw configurationError(`functions are invoked with POST, not ${integration.httpMethod}`);
            exchange.traceId = xrayTraceHeader(exchange, ports.ids);
            exchange.traceHeaders = w3cTraceHeaders(exchange);
            exchange.functionCall = {
              ...callOf(exchange, target, mappings),
              payload: payloadBytes(body),
              timeoutMs: integration.timeoutInMillis,
            };
            if (exchange.trace) {
              exchange.note = {
                summary: `payload for ${target.functionName}`,
                input: exchange.requestText ?? "",
                output: body,
              };
            }
          },
        },
        invokeFunctionStep(),
        // A function's failure chooses by its message, a success by no text at all (recorded: selection patterns).
        ...answerSteps(input, { textOf: (exchange) => exchange.functionError ?? "" }),
      ],
    };
  },
};

function pathValues(exchange: Exchange, mappings: readonly Mapping[]): Record<string, string> {
  const values = valuesOf(exchange, mappings);
  for (const [name, value] of Object.entries(exchange.overrides.requestOverride?.path ?? {}))
    values[name] = overrideTexts(value).join(",");
  return values;
}

/** The mapped headers that mean something to Invoke, and a mapped `Qualifier`. */
function callOf(
  exchange: Exchange,
  target: FunctionTarget,
  mappings: { readonly headers: readonly Mapping[]; readonly query: readonly Mapping[] },
): Omit<FunctionCall, "payload" | "timeoutMs"> {
  const { requestOverride } = exchange.overrides;
  const mapped = valuesOf(exchange, mappings.headers);
  for (const [name, value] of Object.entries(requestOverride?.header ?? {})) {
    if (isIllegalMappedHeader(name, "aws")) throw configurationError(`${name} header already present`);
    mapped[name] = overrideTexts(value).join(",");
  }
  const query = valuesOf(exchange, mappings.query);
  for (const [name, value] of Object.entries(requestOverride?.querystring ?? {}))
    query[name] = overrideTexts(value).join(",");
  const headers = functionCallHeaders(exchange);
  let invocationType: FunctionCall["invocationType"] = "RequestResponse";
  for (const [name, value] of Object.entries(mapped)) {
    const lower = name.toLowerCase();
    if (lower === "x-amz-invocation-type") invocationType = invocationTypeOf(value);
    else if (lower === "x-amz-client-context" && isHeaderName(name))
      headers.push(name, headerTextToWire(value));
  }
  return {
    workspaceId: exchange.runtime.workspaceId,
    functionName: target.functionName,
    qualifier: query.Qualifier ?? null,
    region: target.region,
    invocationType,
    headers,
    wantsLog: exchange.trace !== null && !exchange.trace.isLive && invocationType === "RequestResponse",
    owner: exchange.callOwner,
  };
}

function invocationTypeOf(value: string): FunctionCall["invocationType"] {
  if (value === "RequestResponse" || value === "Event" || value === "DryRun") return value;
  throw configurationError(`X-Amz-Invocation-Type is RequestResponse, Event or DryRun, not ${value}`);
}
