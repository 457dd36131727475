import { configurationError, GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import { logEndpointRequest, logEndpointResponse } from "../execution-log";
import { type UpstreamAnswer, UpstreamError } from "../ports";
import type { Step } from "../runtime-api";
import type { Integration } from "../snapshot/integration";

/** Sends the integration request and waits for the answer; failures become gateway responses. */
export function invokeHttpStep(integration: Integration, { isBuffered }: { isBuffered: boolean }): Step {
  const timeoutMs = integration.timeoutInMillis;
  const skipTlsVerification = integration.tlsConfig?.insecureSkipVerification ?? false;
  return {
    name: "invoke-integration",
    run(exchange, ports) {
      const request = exchange.integrationRequest;
      if (!request) throw new Error("invoke-integration ran before map-request");
      if (exchange.trace) logEndpointRequest(exchange, request);
      const startedMs = ports.clock.monotonicMs();
      return ports.upstream
        .send({
          method: request.method,
          origin: request.origin,
          path: request.path,
          headers: request.headers,
          body: request.body,
          timeoutMs,
          skipTlsVerification,
          isBuffered,
          owner: exchange.request,
        })
        .then(
          (answer) => {
            exchange.integrationLatencyMs = ports.clock.monotonicMs() - startedMs;
            takeAnswer(exchange, answer);
          },
          (error) => {
            exchange.integrationLatencyMs = ports.clock.monotonicMs() - startedMs;
            throw upstreamFailure(error);
          },
        );
    },
  };
}

function takeAnswer(exchange: Exchange, answer: UpstreamAnswer): void {
  exchange.integrationAnswer = { status: answer.status, headers: answer.headers, body: answer.body };
  if (exchange.trace) logEndpointResponse(exchange, answer);
}

/**
 * Refused connections and unknown hosts are configuration errors, broken ones INTEGRATION_FAILURE (observed on
 * AWS by others), slow ones INTEGRATION_TIMEOUT.
 */
function upstreamFailure(error: unknown): unknown {
  if (!(error instanceof UpstreamError)) return error;
  switch (error.kind) {
    case "address":
      return configurationError("Invalid endpoint address", error);
    case "timeout":
      return new GatewayError("INTEGRATION_TIMEOUT", {
        logLine: "Execution failed due to a timeout error",
        cause: error,
      });
    case "size":
      return configurationError(
        `Integration response of reported length exceeds the maximum: ${error.message}`,
        error,
      );
    case "network":
      return new GatewayError("INTEGRATION_FAILURE", {
        logLine: "Execution failed due to a network error communicating with endpoint",
        cause: error,
      });
  }
}
