import os from "node:os";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { removeOldCanaryWindows } from "@/server/db/dataplane/canary-queries";
import { listenForChanges } from "@/server/db/dataplane/change-listener";
import { removeNode, removeStaleNodes, reportNode } from "@/server/db/dataplane/node-queries";
import type { ConfigFeed } from "../config/feed";
import type { WorkerPlace } from "../workers/protocol";
import { analyseCanaries } from "./canary-analyst";
import { repeat } from "./repeat";
import type { Reporter } from "./reporter";

const POLL_MS = 2_000;
const RESYNC_MS = 60_000;
const HEARTBEAT_MS = 2_000;
const USAGE_FLUSH_MS = 1_000;
const METRICS_FLUSH_MS = 5_000;
const SHADOW_MS = 10_000;
/** A bad canary is gone about twice this after its first window shows it. */
const CANARY_MS = 2_000;
/** A live tail is at most this behind. */
const REQUESTS_FLUSH_MS = 500;
const REQUESTS_CLEANING_MS = 60_000;
const CANARY_CLEANING_MS = 600_000;
const METRICS_CLEANING_MS = 300_000;
const QUOTA_CLEANING_MS = 3_600_000;

export type NodeTelemetryParts = {
  pool: Pool;
  databaseUrl: string;
  feed: ConfigFeed;
  reporter: Reporter;
  port: number;
  /** Which worker of which gateway; a lone process is the only one of its own. */
  place: WorkerPlace;
  /** Spans of it go to a collector. */
  exportsTraces: boolean;
  log: Logger;
};

export type NodeTelemetry = {
  /** Reports cursor and rejections now rather than at the next beat. */
  tell: () => void;
  stop: () => Promise<void>;
};

/** Everything a node does with the database beside serving: follows changes, reports itself, stores its counts. */
export function startNodeTelemetry(parts: NodeTelemetryParts): NodeTelemetry {
  const { pool, databaseUrl, feed, reporter, port, place, exportsTraces, log } = parts;
  // A worker that takes the place of another one has its row, too.
  const node = {
    id: `${place.gatewayId}/${place.index}`,
    startedAt: new Date(),
    address: `http://${os.hostname()}:${port}`,
    exportsTraces,
  };
  const report = () =>
    reportNode(pool, { ...node, cursor: feed.cursor.toString(), rejected: [...feed.rejections.values()] });
  const failed = (what: string) => (error: unknown) =>
    log.warn({ reason: String(error) }, `${what} failed; it is tried again`);
  const quietly = (work: Promise<unknown>) => work.catch(() => undefined);

  const stopListening = listenForChanges(databaseUrl, () => {
    feed.catchUp().catch(failed("taking in a change"));
  });
  const housekeeping = place.index === 0 ? startHousekeeping(parts, failed) : [];
  const loops = [
    ...housekeeping,
    repeat(() => feed.catchUp(), {
      everyMs: POLL_MS,
      onFailure: failed("looking for changes"),
      onRecovery: () => log.info("the database is back"),
    }),
    repeat(() => feed.resync(), { everyMs: RESYNC_MS, onFailure: failed("the full resync") }),
    repeat(report, { everyMs: HEARTBEAT_MS, onFailure: failed("the heartbeat") }),
    repeat(() => reporter.flushUsage(), { everyMs: USAGE_FLUSH_MS, onFailure: failed("storing usage") }),
    repeat(() => reporter.flushMetrics(), {
      everyMs: METRICS_FLUSH_MS,
      onFailure: failed("storing metrics"),
    }),
    repeat(
      async () => {
        await reporter.flushCanaries();
        await analyseCanaries(pool, Date.now());
      },
      { everyMs: CANARY_MS, onFailure: failed("judging canaries") },
    ),
    repeat(async () => reporter.tellShadows(log), {
      everyMs: SHADOW_MS,
      onFailure: failed("telling of limits in shadow mode"),
    }),
    repeat(() => reporter.flushRequests(), {
      everyMs: REQUESTS_FLUSH_MS,
      onFailure: failed("storing the request log"),
    }),
  ];
  void quietly(report());
  void quietly(removeStaleNodes(pool));
  return {
    tell: () => void quietly(report()),
    async stop() {
      await stopListening();
      await Promise.all(loops.map((stop) => stop()));
      await quietly(reporter.flushUsage(true));
      await quietly(reporter.flushMetrics());
      await quietly(reporter.flushCanaries());
      await quietly(reporter.flushRequests());
      await quietly(removeNode(pool, node.id));
    },
  };
}

/** What needs to be done once, however many workers there are. */
function startHousekeeping(
  { pool, reporter }: NodeTelemetryParts,
  failed: (what: string) => (error: unknown) => void,
) {
  return [
    repeat(() => reporter.removeOldRequests(), {
      everyMs: REQUESTS_CLEANING_MS,
      onFailure: failed("removing old requests from the request log"),
    }),
    repeat(() => reporter.removeOldMetrics(), {
      everyMs: METRICS_CLEANING_MS,
      onFailure: failed("removing old metrics"),
    }),
    repeat(() => reporter.removeOldQuotaSteps(), {
      everyMs: QUOTA_CLEANING_MS,
      onFailure: failed("removing how far gateways had got that are gone"),
    }),
    repeat(() => removeOldCanaryWindows(pool), {
      everyMs: CANARY_CLEANING_MS,
      onFailure: failed("removing what canaries did long ago"),
    }),
  ];
}
