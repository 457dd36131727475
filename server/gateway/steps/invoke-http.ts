import type { Exchange } from "../exchange";
import { logEndpointRequest, logEndpointResponse } from "../observation/execution-log";
import type { UpstreamAnswer } from "../ports";
import type { Step } from "../runtime-api";
import type { Integration } from "../snapshot/integration";
import { upstreamFailure } from "./upstream-failure";

/** Sends the integration request and waits for the answer; failures become gateway responses. */
export function invokeHttpStep(
  integration: Integration,
  { isBuffered, clientCertificate }: { isBuffered: boolean; clientCertificate: string | null },
): Step {
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
          clientCertificate,
          isBuffered,
          owner: exchange.callOwner,
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
