import { GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import { logMethodRequest } from "../observation/execution-log";
import type { Ports, Trace, TraceStep } from "../ports";
import type { Step } from "../runtime-api";
import { finishExchange } from "../steps/finish-exchange";
import { renderError } from "../steps/render-error";

/**
 * Runs steps one by one and tells the trace about each. In a test run gates (keys, throttles, authorizers) are skipped,
 * as TestInvokeMethod skips them.
 */
export async function runTraced(
  exchange: Exchange,
  steps: readonly Step[],
  trace: Trace,
  ports: Ports,
): Promise<Exchange> {
  let failure: unknown = null;
  let isRequestLogged = false;
  for (const step of steps) {
    const startMs = ports.clock.monotonicMs() - exchange.startedAtMs;
    const done = (rest: Pick<TraceStep, "outcome" | "summary"> & Partial<TraceStep>) =>
      trace.step({
        name: step.name,
        startMs,
        durationMs: ports.clock.monotonicMs() - exchange.startedAtMs - startMs,
        ...rest,
      });
    if (failure !== null) {
      done({ outcome: "skipped", summary: "an earlier step failed" });
      continue;
    }
    if (step.isGate && !trace.isLive) {
      done({ outcome: "skipped", summary: "a test run is let through" });
      continue;
    }
    exchange.note = null;
    try {
      await step.run(exchange, ports);
      done({ outcome: isSkipped(exchange) ? "skipped" : "ok", ...noteOf(exchange) });
    } catch (error) {
      failure = error ?? new Error("failed");
      done({ outcome: "failed", ...noteOf(exchange), summary: messageOf(error), error: errorOf(error) });
    }
    if (step.name === "read-body" && failure === null) {
      logMethodRequest(exchange);
      isRequestLogged = true;
    }
  }
  if (!isRequestLogged) logMethodRequest(exchange);
  if (failure !== null) renderError(exchange, failure, ports);
  finishExchange(exchange, ports);
  return exchange;
}

/** A step that found that there was nothing for it to do. */
function isSkipped({ note }: Exchange): boolean {
  return note?.isSkipped ?? false;
}

function noteOf({ note }: Exchange): { summary: string; input?: unknown; output?: unknown } {
  if (!note) return { summary: "" };
  return { summary: note.summary, input: shown(note.input), output: shown(note.output) };
}

/** Bytes show as text; a stream only says that it is one. */
function shown(value: unknown): unknown {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (typeof value === "object" && value !== null && Symbol.asyncIterator in value) return "[streamed]";
  return value;
}

function messageOf(error: unknown): string {
  if (error instanceof GatewayError) return error.logLine ?? error.publicMessage ?? error.type;
  return error instanceof Error ? error.message : String(error);
}

function errorOf(error: unknown): NonNullable<TraceStep["error"]> {
  const place = error instanceof GatewayError ? error.place : null;
  return { message: messageOf(error), ...place };
}
