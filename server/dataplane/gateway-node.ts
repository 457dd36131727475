import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { AccessLogSink } from "@/server/adapters/access-log-sink";
import { systemClock } from "@/server/adapters/clock";
import { zlibCompression } from "@/server/adapters/compression";
import { HttpClient } from "@/server/adapters/http-client";
import { systemIds } from "@/server/adapters/ids";
import { MemoryKeyStore } from "@/server/adapters/key-store";
import { MinuteMetrics } from "@/server/adapters/metrics";
import { MemoryStageThrottle } from "@/server/adapters/stage-throttle";
import { MemoryUsageLimiter } from "@/server/adapters/usage-limiter";
import { listenForChanges } from "@/server/db/dataplane/change-listener";
import { removeNode, removeStaleNodes, reportNode } from "@/server/db/dataplane/node-queries";
import { openDataplanePool } from "@/server/db/dataplane/pool";
import type { Ports } from "@/server/gateway/ports";
import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import { databaseSource } from "./config/database-source";
import { ConfigFeed } from "./config/feed";
import { RuntimeHolder } from "./config/holder";
import { LastGood } from "./config/last-good";
import { noSource } from "./config/no-source";
import { adminHandler } from "./listeners/admin";
import { createHttpListener } from "./listeners/http";
import { metricsText } from "./telemetry/metrics-text";
import { repeat } from "./telemetry/repeat";
import { Reporter } from "./telemetry/reporter";

const POLL_MS = 2_000;
const RESYNC_MS = 60_000;
const HEARTBEAT_MS = 2_000;
const USAGE_FLUSH_MS = 1_000;
const METRICS_FLUSH_MS = 5_000;
const DRAIN_MS = 30_000;

export type GatewayNodeOptions = {
  /** Absent: serve what is on disk, and nothing else. */
  databaseUrl?: string;
  host: string;
  port: number;
  dataDir: string;
  accountThrottle?: Throttle;
  log: Logger;
};

export type RunningNode = { port: number; feed: ConfigFeed; stop: () => Promise<void> };

/** Starts a data plane: loads its configuration, then listens. Rejects if there is neither database nor disk. */
export async function startGatewayNode(options: GatewayNodeOptions): Promise<RunningNode> {
  const { log, dataDir } = options;
  const keys = new MemoryKeyStore();
  const usage = new MemoryUsageLimiter(systemClock);
  const metrics = new MinuteMetrics(systemClock);
  const accessLog = new AccessLogSink(path.join(dataDir, "logs", "access"));
  const upstream = new HttpClient();
  const holder = new RuntimeHolder();
  const lastGood = new LastGood(path.join(dataDir, "last-good"));
  const pool = options.databaseUrl ? openDataplanePool(options.databaseUrl) : null;
  const ports: Ports = {
    clock: systemClock,
    ids: systemIds,
    upstream,
    keys,
    usage,
    throttle: new MemoryStageThrottle(systemClock, options.accountThrottle),
    compression: zlibCompression,
    trace: null,
    accessLog,
    metrics,
    diagnostics: {
      unexpected: (error, about) => log.error({ err: error, ...about }, "unexpected error in a request"),
    },
  };
  let tellNode: () => void = () => undefined;
  const feed = new ConfigFeed({
    source: pool ? databaseSource(pool) : noSource,
    holder,
    keys,
    lastGood,
    onApplied: () => tellNode(),
    log: {
      info: (text, about) => log.info(about ?? {}, text),
      warn: (text, about) => log.warn(about ?? {}, text),
    },
  });
  const from = await feed.start();
  let isDraining = false;
  const server = createHttpListener({
    holder,
    ports,
    onError: (error) => log.error({ err: error }, "a request could not be served"),
    admin: adminHandler({
      notReady: () => (isDraining ? "draining" : feed.isLoaded ? null : "no configuration yet"),
      metricsText: () => metricsText(gauges({ metrics, accessLog, holder, keys, feed })),
    }),
  });
  const port = await listen(server, options);
  log.info(
    { address: `http://${options.host}:${port}`, stages: holder.all().length, from },
    "gateway is serving",
  );

  const stopTelemetry = pool ? startTelemetry({ pool, options, feed, usage, metrics, port }) : null;
  if (stopTelemetry) tellNode = stopTelemetry.tellNode;

  return {
    port,
    feed,
    async stop() {
      isDraining = true;
      await drain(server);
      await stopTelemetry?.stop();
      await upstream.close();
      await accessLog.close();
      await lastGood.close();
      await pool?.end();
      log.info("gateway stopped");
    },
  };
}

type Telemetry = {
  pool: Pool;
  options: GatewayNodeOptions;
  feed: ConfigFeed;
  usage: MemoryUsageLimiter;
  metrics: MinuteMetrics;
  port: number;
};

function startTelemetry({ pool, options, feed, usage, metrics, port }: Telemetry) {
  const { log } = options;
  const reporter = new Reporter(pool, usage, metrics);
  const node = { id: randomUUID(), startedAt: new Date(), address: `http://${os.hostname()}:${port}` };
  const tell = () =>
    reportNode(pool, { ...node, cursor: feed.cursor.toString(), rejected: [...feed.rejections.values()] });
  const failed = (what: string) => (error: unknown) =>
    log.warn({ reason: String(error) }, `${what} failed; it is tried again`);
  const catchUp = () => feed.catchUp();

  const stopListening = listenForChanges(options.databaseUrl as string, () => {
    catchUp().catch(failed("taking in a change"));
  });
  let isUsageLoaded = false;
  const loops = [
    repeat(catchUp, {
      everyMs: POLL_MS,
      onFailure: failed("looking for changes"),
      onRecovery: () => log.info("the database is back"),
    }),
    repeat(() => feed.resync(), { everyMs: RESYNC_MS, onFailure: failed("the full resync") }),
    repeat(tell, { everyMs: HEARTBEAT_MS, onFailure: failed("the heartbeat") }),
    repeat(
      async () => {
        if (!isUsageLoaded) await reporter.loadUsage();
        isUsageLoaded = true;
        await reporter.flushUsage();
      },
      { everyMs: USAGE_FLUSH_MS, onFailure: failed("storing usage") },
    ),
    repeat(() => reporter.flushMetrics(), {
      everyMs: METRICS_FLUSH_MS,
      onFailure: failed("storing metrics"),
    }),
  ];
  const quietly = (work: Promise<unknown>) => work.catch(() => undefined);
  void quietly(tell());
  void quietly(removeStaleNodes(pool));
  void quietly(
    reporter.loadUsage().then(() => {
      isUsageLoaded = true;
    }),
  );
  return {
    tellNode: () => void quietly(tell()),
    async stop() {
      await stopListening();
      await Promise.all(loops.map((stop) => stop()));
      await quietly(reporter.flushUsage());
      await quietly(reporter.flushMetrics());
      await quietly(removeNode(pool, node.id));
    },
  };
}

function listen(server: Server, { host, port }: GatewayNodeOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, 4_096, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Takes no new connections, lets requests end, and closes what is left after a while. */
function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

type Counted = {
  metrics: MinuteMetrics;
  accessLog: AccessLogSink;
  holder: RuntimeHolder;
  keys: MemoryKeyStore;
  feed: ConfigFeed;
};

function gauges({ metrics, accessLog, holder, keys, feed }: Counted) {
  const { requests, errors4xx, errors5xx, latencySumMs } = metrics.totals;
  return [
    { name: "gatehouse_requests_total", help: "Requests served.", type: "counter", value: requests },
    {
      name: "gatehouse_errors_4xx_total",
      help: "Answers from 400 to 499.",
      type: "counter",
      value: errors4xx,
    },
    { name: "gatehouse_errors_5xx_total", help: "Answers from 500.", type: "counter", value: errors5xx },
    {
      name: "gatehouse_latency_ms_sum",
      help: "Sum of latencies in ms.",
      type: "counter",
      value: latencySumMs,
    },
    {
      name: "gatehouse_access_log_dropped_total",
      help: "Access log lines dropped.",
      type: "counter",
      value: accessLog.droppedLines,
    },
    { name: "gatehouse_stages", help: "Stages this node knows.", type: "gauge", value: holder.all().length },
    {
      name: "gatehouse_stages_compiled",
      help: "Stages compiled and in memory.",
      type: "gauge",
      value: holder.compiledCount,
    },
    { name: "gatehouse_api_keys", help: "API keys known.", type: "gauge", value: keys.keyCount },
    {
      name: "gatehouse_config_cursor",
      help: "Last configuration change applied.",
      type: "gauge",
      value: Number(feed.cursor),
    },
    {
      name: "gatehouse_rejected_deployments",
      help: "Deployments this node refused.",
      type: "gauge",
      value: feed.rejections.size,
    },
    {
      name: "gatehouse_resident_memory_bytes",
      help: "Resident memory.",
      type: "gauge",
      value: process.memoryUsage.rss(),
    },
  ] as const;
}
