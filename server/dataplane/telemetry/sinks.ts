import path from "node:path";
import { AccessLogSink } from "@/server/adapters/access-log-sink";
import { CanaryWindows } from "@/server/adapters/canary-windows";
import { systemClock } from "@/server/adapters/clock";
import { MinuteMetrics } from "@/server/adapters/metrics";
import { RequestLogRing } from "@/server/adapters/request-log/request-log-ring";

export type Sinks = ReturnType<typeof openSinks>;

/** Where everything goes that a node tells of requests. */
export function openSinks(dataDir: string) {
  const metrics = new MinuteMetrics(systemClock);
  const accessLog = new AccessLogSink(path.join(dataDir, "logs", "access"));
  const executionLog = new AccessLogSink(path.join(dataDir, "logs", "execution"));
  return {
    metrics,
    canaries: new CanaryWindows(systemClock, metrics),
    accessLog,
    executionLog,
    requestLog: new RequestLogRing(),
    async close() {
      await Promise.all([accessLog.close(), executionLog.close()]);
    },
  };
}
