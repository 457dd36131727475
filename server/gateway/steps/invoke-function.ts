import { textFromUtf8, utf8FromText } from "@/server/toolkit/utf8";
import { configurationError, GatewayError } from "../errors";
import type { Exchange, IntegrationRequest } from "../exchange";
import type { HeaderList } from "../http-message";
import { logEndpointRequest, logEndpointResponse, shownCallHeaders } from "../observation/execution-log";
import type { FunctionAnswer, FunctionCall, UpstreamError } from "../ports";
import type { Step } from "../runtime-api";
import { upstreamFailure } from "./upstream-failure";

/** Runs the function of `exchange.functionCall` and keeps its answer; refusals of the service end the request. */
export function invokeFunctionStep(): Step {
  return {
    name: "invoke-integration",
    run(exchange, ports) {
      const call = exchange.functionCall;
      if (!call) throw new Error("invoke-integration ran before map-request");
      exchange.integrationRequest = shownRequest(exchange, call);
      // The port signs the call: what it sends is not known before it does.
      const tell = exchange.trace ? tellOnce(exchange, exchange.integrationRequest) : null;
      const startedMs = ports.clock.monotonicMs();
      return ports.functions.invoke(tell ? { ...call, onSend: tell } : call).then(
        (answer) => {
          exchange.integrationLatencyMs = ports.clock.monotonicMs() - startedMs;
          tell?.(call.headers);
          takeAnswer(exchange, answer);
        },
        (error) => {
          exchange.integrationLatencyMs = ports.clock.monotonicMs() - startedMs;
          tell?.(call.headers);
          throw isAddressError(error)
            ? configurationError(`Invalid endpoint address: ${error.message}`, error)
            : upstreamFailure(error);
        },
      );
    },
  };
}

/** Logs the request with the headers it is first told: those of the port, else the call's own. */
function tellOnce(exchange: Exchange, request: IntegrationRequest): (headers: HeaderList) => void {
  let isTold = false;
  return (headers) => {
    if (isTold) return;
    isTold = true;
    logEndpointRequest(exchange, { ...request, headers: shownCallHeaders(headers) });
  };
}

function isAddressError(error: unknown): error is UpstreamError {
  return error instanceof Error && (error as Partial<UpstreamError>).kind === "address";
}

/** The call as AWS's execution log shows it; where it really goes is the port's business. */
function shownRequest({ runtime }: Exchange, call: FunctionCall) {
  return {
    method: "POST",
    origin: `https://lambda.${call.region ?? runtime.region}.amazonaws.com`,
    path: `/2015-03-31/functions/${call.functionName}/invocations`,
    headers: [...call.headers],
    body: call.payload,
  };
}

function takeAnswer(exchange: Exchange, answer: FunctionAnswer): void {
  const { status, headers, payload } = answer;
  exchange.integrationAnswer = { status, headers, body: payload };
  if (exchange.trace) {
    logEndpointResponse(exchange, { status, headers, body: payload });
    if (answer.log !== null) exchange.note = { summary: "the function's log", output: answer.log };
  }
  if (status >= 300) throw serviceRefusal(status, payload);
  if (answer.functionError !== null) exchange.functionError = errorMessageOf(payload);
}

/** The service did not run the function. Missing permission is a 500, anything else a 502 (observed by others). */
function serviceRefusal(status: number, payload: Uint8Array): GatewayError {
  const said = textFromUtf8(payload).slice(0, 1_000);
  if (status === 403) return configurationError(`Invalid permissions on Lambda function: ${said}`);
  return new GatewayError("DEFAULT_5XX", {
    defaultStatus: 502,
    logLine: `Execution failed: the function was not run, its service answered ${status}: ${said}`,
  });
}

function errorMessageOf(payload: Uint8Array): string {
  try {
    const document: unknown = JSON.parse(textFromUtf8(payload));
    const message = (document as { errorMessage?: unknown } | null)?.errorMessage;
    return typeof message === "string" ? message : message === undefined ? "" : JSON.stringify(message);
  } catch {
    return "";
  }
}

/** Headers every call of a function carries. */
export function functionCallHeaders(exchange: Exchange): string[] {
  const { runtime } = exchange;
  return [
    "x-amzn-lambda-integration-tag",
    exchange.requestId,
    "x-amzn-apigateway-api-id",
    runtime.apiId,
    "Accept",
    "application/json",
    "User-Agent",
    `AmazonAPIGateway_${runtime.apiId}`,
    "X-Amzn-Trace-Id",
    exchange.traceId,
    "Content-Type",
    "application/json",
    ...exchange.traceHeaders,
  ];
}

/** A payload as bytes. */
export function payloadBytes(payload: string | Uint8Array): Uint8Array {
  return typeof payload === "string" ? utf8FromText(payload) : payload;
}
