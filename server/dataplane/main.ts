import { fileURLToPath } from "node:url";
import pino from "pino";
import { environment } from "@/server/env";
import { throttleSchema } from "@/server/gateway/snapshot/usage-plan";
import { type GatewayNodeOptions, startGatewayNode } from "./gateway-node";
import { coreCount } from "./workers/core-count";
import { runWorker } from "./workers/run-worker";
import { superviseWorkers } from "./workers/supervise";

/** `node dataplane.mjs` is the gateway; with `worker {…}` behind it a part of one, which only the gateway starts. */
const [role, place] = process.argv.slice(2);
const env = environment();
const { host, dataDir, tlsPort, workers = coreCount(), drainLeadMs } = env;
const log = pino({ name: "gateway", level: env.logLevel });

/** `GATEHOUSE_ACCOUNT_THROTTLE=20000,10000`: rate per second and burst of all requests together; `,shadow` only tells. */
function accountThrottle() {
  const text = process.env.GATEHOUSE_ACCOUNT_THROTTLE;
  if (!text) return undefined;
  const [rate = "", burst = "", mode] = text.split(",");
  return throttleSchema.parse({
    rateLimit: Number(rate),
    burstLimit: Number(burst),
    shadow: mode === "shadow",
  });
}

const nodeOptions = (): GatewayNodeOptions => ({
  databaseUrl: env.databaseUrl,
  host,
  port: env.gatewayPort,
  tlsPort,
  dataDir,
  accountThrottle: accountThrottle(),
  quotaWithoutDatabase: env.quotaWithoutDatabase,
  cacheBytes: env.cacheMb * 1_048_576,
  metricsKept: { minuteDays: env.metricMinuteDays, hourDays: env.metricHourDays },
  requestLogKept: { hours: env.requestLogHours, rows: env.requestLogRows },
  traceExport: env.traceEndpoint
    ? { endpoint: env.traceEndpoint, reservoir: env.traceReservoir, percent: env.tracePercent }
    : undefined,
  accessKeyBox: env.accessKeyBox,
  templateLimits: env.templateLimits,
  log,
});

function endOnSignals(stop: () => Promise<unknown>): void {
  let isStopping = false;
  const end = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "stopping");
    process.exit((await stop()) === false ? 1 : 0);
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}

process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"));

try {
  if (role === "worker") await runWorker(JSON.parse(place as string), nodeOptions());
  // Without a database nobody could count quotas for several.
  else if (workers > 1 && env.databaseUrl) {
    const script = fileURLToPath(import.meta.url);
    const options = {
      script,
      count: workers,
      host,
      port: env.gatewayPort,
      tlsPort,
      dataDir,
      cacheBytes: env.cacheMb * 1_048_576,
      drainLeadMs,
      log,
    };
    const gateway = await superviseWorkers(options);
    log.info({ port: gateway.port, workers }, "workers are serving");
    endOnSignals(gateway.stop);
  } else {
    const node = await startGatewayNode({ ...nodeOptions(), drainLeadMs });
    endOnSignals(node.stop);
  }
} catch (error) {
  log.fatal({ err: error }, "the gateway could not start");
  process.exit(1);
}
