import path from "node:path";
import type { Logger } from "pino";
import { AccessLogSink } from "@/server/adapters/access-log-sink";
import { CanaryWindows } from "@/server/adapters/canary-windows";
import { systemClock } from "@/server/adapters/clock";
import { MinuteMetrics } from "@/server/adapters/metrics/minute-metrics";
import { RequestLogRing } from "@/server/adapters/request-log/request-log-ring";
import type { WorkerPlace } from "../workers/protocol";
import { openTracing, type TraceExport } from "./tracing";

export type Sinks = Awaited<ReturnType<typeof openSinks>>;

/** Where everything goes that a node tells of requests. */
export async function openSinks(
  {
    dataDir,
    traceExport,
    log,
  }: { readonly dataDir: string; readonly traceExport?: TraceExport; readonly log: Logger },
  place: WorkerPlace,
) {
  const metrics = new MinuteMetrics(systemClock);
  const accessLog = new AccessLogSink(path.join(dataDir, "logs", "access"));
  const executionLog = new AccessLogSink(path.join(dataDir, "logs", "execution"));
  const tracing = await openTracing(traceExport, place, log);
  return {
    metrics,
    canaries: new CanaryWindows(systemClock, metrics),
    accessLog,
    executionLog,
    requestLog: new RequestLogRing(),
    tracing,
    async close() {
      await Promise.all([accessLog.close(), executionLog.close(), tracing?.close()]);
    },
  };
}
