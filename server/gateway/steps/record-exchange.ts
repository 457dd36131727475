import type { Exchange } from "../exchange";
import { endObservation } from "../observation/observe";
import type { Ports } from "../ports";

/** Tells metrics and the access log about a finished exchange. `bytesSent` counts the answer's body. */
export function recordExchange(exchange: Exchange, ports: Ports, bytesSent: number): void {
  const { runtime, route } = exchange;
  exchange.bytesSent = bytesSent;
  exchange.latencyMs = ports.clock.monotonicMs() - exchange.startedAtMs;
  ports.metrics.record({
    apiId: runtime.apiId,
    stageName: runtime.stageName,
    route: route?.label ?? "",
    status: exchange.status,
    latencyMs: exchange.latencyMs,
    integrationLatencyMs: exchange.integrationLatencyMs,
    isCanary: runtime.isCanary,
    deploymentId: runtime.deploymentId,
    cacheStatus: exchange.cacheUse?.outcome ?? null,
    key: exchange.key,
    isThrottled: exchange.limitRefusal !== null,
  });
  if (exchange.observation) endObservation(exchange, exchange.observation, ports);
  if (runtime.accessLogLine) {
    const line = runtime.accessLogLine(exchange, "-");
    // One request is one line, whatever a client puts into what is logged.
    const oneLine = line.replace(/\p{Cc}/gu, " ");
    ports.accessLog.write(runtime.apiId, runtime.stageName, oneLine);
    // AWS writes canary requests to a log group of their own as well (developer guide, canary release).
    if (runtime.isCanary) ports.accessLog.write(runtime.apiId, `${runtime.stageName}/Canary`, oneLine);
  }
}
