import type { Pool } from "pg";
import type { CanaryWindows } from "@/server/adapters/canary-windows";
import type { MinuteMetrics } from "@/server/adapters/metrics";
import type { MemoryUsageLimiter } from "@/server/adapters/usage-limiter";
import { addCanaryWindows } from "@/server/db/dataplane/canary-queries";
import { addMetricMinutes } from "@/server/db/dataplane/metric-queries";
import { addUsage, addUsageDays, selectRecentUsage } from "@/server/db/dataplane/usage-queries";

/** Stores what the node counted. What cannot be stored is kept for the next time. */
export class Reporter {
  #isLoaded = false;

  constructor(
    private readonly pool: Pool,
    private readonly usage: MemoryUsageLimiter,
    private readonly metrics: MinuteMetrics,
    private readonly canaries: CanaryWindows,
  ) {}

  /** Reads the running periods' counters, so that a restart does not give quotas back. */
  async loadUsage(): Promise<void> {
    for (const row of await selectRecentUsage(this.pool)) {
      this.usage.settle(row.planId, row.keyId, { startMs: row.startMs, used: row.used });
    }
    this.#isLoaded = true;
  }

  async flushUsage(): Promise<void> {
    if (!this.#isLoaded) await this.loadUsage();
    const deltas = this.usage.takeDeltas();
    if (deltas.length === 0) return;
    try {
      const quotas = deltas.flatMap(({ planId, keyId, periodStartMs, used }) =>
        periodStartMs === null || used === 0 ? [] : [{ planId, keyId, startMs: periodStartMs, used }],
      );
      for (const row of await addUsage(this.pool, quotas)) {
        this.usage.settle(row.planId, row.keyId, { startMs: row.startMs, used: row.used });
      }
    } catch (error) {
      this.usage.restore(deltas);
      throw error;
    }
    await addUsageDays(
      this.pool,
      deltas.map(({ planId, keyId, dayMs, used, throttled }) => ({
        planId,
        keyId,
        dayMs,
        count: used,
        throttled,
      })),
    );
  }

  async flushMetrics(): Promise<void> {
    const rows = this.metrics.take();
    try {
      await addMetricMinutes(this.pool, rows);
    } catch (error) {
      this.metrics.restore(rows);
      throw error;
    }
  }

  async flushCanaries(): Promise<void> {
    const rows = this.canaries.take();
    try {
      await addCanaryWindows(this.pool, rows);
    } catch (error) {
      this.canaries.restore(rows);
      throw error;
    }
  }
}
