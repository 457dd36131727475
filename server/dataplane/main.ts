import pino from "pino";
import { environment } from "@/server/env";
import { throttleSchema } from "@/server/gateway/snapshot/usage-plan";
import { startGatewayNode } from "./gateway-node";

const {
  databaseUrl,
  host,
  gatewayPort,
  tlsPort,
  dataDir,
  logLevel,
  accessKeyBox,
  templateLimits,
  quotaWithoutDatabase,
  cacheMb,
  requestLogHours,
  requestLogRows,
} = environment();
const log = pino({ name: "gateway", level: logLevel });

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

process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"));

try {
  const node = await startGatewayNode({
    databaseUrl,
    host,
    port: gatewayPort,
    tlsPort,
    dataDir,
    accountThrottle: accountThrottle(),
    quotaWithoutDatabase,
    cacheBytes: cacheMb * 1_048_576,
    requestLogKept: { hours: requestLogHours, rows: requestLogRows },
    accessKeyBox,
    templateLimits,
    log,
  });
  let isStopping = false;
  const stop = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "stopping");
    await node.stop();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
} catch (error) {
  log.fatal({ err: error }, "the gateway could not start");
  process.exit(1);
}
