import type { Exchange } from "../exchange";
import type { Ports } from "../ports";
import type { CompiledRoute } from "../runtime-api";
import { logMethodResponse } from "./execution-log";
import { Observation } from "./observation";
import { requestLogEntry } from "./request-log-entry";
import { requestSpans } from "./tracing/request-spans";

/** Decides whether this request is looked at, for its stage's logs or because its spans are wanted; chosen at its start, so that a timeline is whole. */
export function observe(exchange: Exchange, route: CompiledRoute | null, ports: Ports): void {
  const share = exchange.runtime.requestLogShare;
  const isLogged = share !== null && (share >= 1 || ports.ids.fraction() < share);
  const executionLog = route?.executionLog ?? null;
  const isRecorded = exchange.tracing?.isRecorded ?? false;
  if (!isLogged && executionLog === null && !isRecorded) return;
  const observation = new Observation(ports.clock, isLogged, executionLog);
  exchange.observation = observation;
  exchange.trace = observation;
  if (!route || observation.isSilent) return;
  observation.log(`Extended Request Id: ${exchange.extendedRequestId}`);
  if (!route.apiKeyRequired) {
    observation.log(
      `API Key authorized because method '${route.httpMethod} ${route.resourcePath}' does not require API Key. Request will not contribute to throttle or quota limits`,
    );
  }
}

/** Hands what was observed of a finished exchange to the logs, and its spans on. */
export function endObservation(exchange: Exchange, observation: Observation, ports: Ports): void {
  const { runtime, tracing } = exchange;
  if (!observation.isSilent) logMethodResponse(exchange, exchange.headers);
  const log = observation.keptLines(exchange.error !== null);
  if (log.length > 0) {
    const lines = [`Execution log for request ${exchange.requestId}`, ...log].join("\n");
    const stage = runtime.isCanary ? `${runtime.stageName}/Canary` : runtime.stageName;
    ports.executionLog?.write(`API-Gateway-Execution-Logs_${runtime.apiId}`, stage, lines);
  }
  if (tracing?.isRecorded)
    ports.tracing?.write(requestSpans(exchange, { tracing, steps: observation.steps, ids: ports.ids }));
  if (observation.isLogged)
    ports.requestLog?.write(requestLogEntry(exchange, { steps: observation.steps, log }));
}
