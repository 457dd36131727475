import type { Pool } from "pg";
import type { Logger } from "pino";
import type { CanaryWindows } from "@/server/adapters/canary-windows";
import type { MemoryLimits } from "@/server/adapters/limits/memory-limits";
import type { UsageDelta } from "@/server/adapters/limits/plan-use";
import type { QuotaJournalFile } from "@/server/adapters/limits/quota-journal";
import type { MinuteMetrics } from "@/server/adapters/metrics/minute-metrics";
import type { RequestLogRing } from "@/server/adapters/request-log/request-log-ring";
import { addCanaryWindows } from "@/server/db/dataplane/canary-queries";
import { addKeyMetrics, addMetricMinutes } from "@/server/db/dataplane/metric-queries";
import { type MetricsKept, removeOldMetrics } from "@/server/db/dataplane/metric-retention";
import { returnQuota, settleKilled } from "@/server/db/dataplane/quota-queries";
import { insertRequests, removeOldRequests } from "@/server/db/dataplane/request-log-queries";
import { addUsage, addUsageDays, selectRecentUsage } from "@/server/db/dataplane/usage-queries";

export type RequestLogKept = { readonly hours: number; readonly rows: number };
const DEFAULT_KEPT: RequestLogKept = { hours: 72, rows: 500_000 };
const DEFAULT_METRICS_KEPT: MetricsKept = { minuteDays: 7, hourDays: 90 };
/** Rows of metrics in one statement. */
const METRICS_BATCH = 2_000;

export type ReporterParts = {
  readonly pool: Pool;
  readonly limits: MemoryLimits;
  readonly metrics: MinuteMetrics;
  readonly canaries: CanaryWindows;
  readonly requestLog: RequestLogRing;
  readonly kept?: RequestLogKept;
  readonly metricsKept?: MetricsKept;
  readonly journal?: QuotaJournalFile;
};

/** Stores what the node counted. What cannot be stored is kept for the next time. */
export class Reporter {
  #isLoaded = false;

  constructor(private readonly parts: ReporterParts) {}

  /**
   * Gives back what gateways had reserved that were killed, and reads the running periods' counters, so that a restart
   * does not give quotas back.
   */
  async loadUsage(): Promise<void> {
    const { pool, journal, limits } = this.parts;
    let rows = await selectRecentUsage(pool);
    // Only now that the database answers: what is taken from the journal is gone if it cannot be stored.
    const left = journal?.takeLeft() ?? [];
    if (left.length > 0) {
      await settleKilled(pool, left);
      rows = await selectRecentUsage(pool);
    }
    for (const { planId, keyId, ...period } of rows) limits.learn(planId, keyId, period);
    this.#isLoaded = true;
  }

  /** Stores counts and gives back reservations that are too many; at the end all of them. */
  async flushUsage(isLast = false): Promise<void> {
    if (!this.#isLoaded) await this.loadUsage();
    const deltas = this.parts.limits.takeDeltas();
    if (deltas.length > 0) await this.#store(deltas);
    await returnQuota(this.parts.pool, this.parts.limits.takeReturns(isLast));
  }

  async #store(deltas: readonly UsageDelta[]): Promise<void> {
    try {
      const quotas = deltas.flatMap(({ planId, keyId, quotas }) =>
        quotas.map((count) => ({ planId, keyId, ...count })),
      );
      for (const { planId, keyId, ...period } of await addUsage(this.parts.pool, quotas)) {
        this.parts.limits.learn(planId, keyId, period);
      }
    } catch (error) {
      this.parts.limits.restore(deltas);
      throw error;
    }
    await addUsageDays(
      this.parts.pool,
      deltas.map(({ planId, keyId, dayMs, used, throttled, shadowed }) => ({
        planId,
        keyId,
        dayMs,
        count: used,
        throttled,
        shadowed,
      })),
    );
  }

  /** What limits in shadow mode would have refused since the last time: one line for each limit. */
  tellShadows(log: Pick<Logger, "info">): void {
    for (const line of this.parts.limits.counts.takeShadowLines()) {
      log.info(line, "a limit in shadow mode would have refused requests");
    }
  }

  async flushMetrics(): Promise<void> {
    const { pool, metrics } = this.parts;
    await storeInBatches(metrics, (rows) => addMetricMinutes(pool, rows));
    await storeInBatches(metrics.keys, (rows) => addKeyMetrics(pool, rows));
  }

  async removeOldMetrics(): Promise<void> {
    await removeOldMetrics(this.parts.pool, this.parts.metricsKept ?? DEFAULT_METRICS_KEPT);
  }

  async flushCanaries(): Promise<void> {
    const rows = this.parts.canaries.take();
    try {
      await addCanaryWindows(this.parts.pool, rows);
    } catch (error) {
      this.parts.canaries.restore(rows);
      throw error;
    }
  }

  /** Stores requests until none wait or the database refuses. */
  async flushRequests(): Promise<void> {
    await this.parts.requestLog.flush((entries) => insertRequests(this.parts.pool, entries));
  }

  async removeOldRequests(): Promise<void> {
    await removeOldRequests(this.parts.pool, this.parts.kept ?? DEFAULT_KEPT);
  }
}

/** Gives back what is not stored, so that every row is stored once. */
async function storeInBatches<T>(
  counted: { take: () => T[]; restore: (rows: readonly T[]) => void },
  store: (rows: readonly T[]) => Promise<void>,
): Promise<void> {
  const rows = counted.take();
  for (let start = 0; start < rows.length; start += METRICS_BATCH) {
    try {
      await store(rows.slice(start, start + METRICS_BATCH));
    } catch (error) {
      counted.restore(rows.slice(start));
      throw error;
    }
  }
}
