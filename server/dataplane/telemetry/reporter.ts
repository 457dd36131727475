import type { Pool } from "pg";
import type { CanaryWindows } from "@/server/adapters/canary-windows";
import type { MemoryLimits } from "@/server/adapters/limits/memory-limits";
import type { UsageDelta } from "@/server/adapters/limits/plan-use";
import type { MinuteMetrics } from "@/server/adapters/metrics";
import { addCanaryWindows } from "@/server/db/dataplane/canary-queries";
import { addMetricMinutes } from "@/server/db/dataplane/metric-queries";
import { returnQuota } from "@/server/db/dataplane/quota-queries";
import { addUsage, addUsageDays, selectRecentUsage } from "@/server/db/dataplane/usage-queries";

/** Stores what the node counted. What cannot be stored is kept for the next time. */
export class Reporter {
  #isLoaded = false;

  constructor(
    private readonly pool: Pool,
    private readonly limits: MemoryLimits,
    private readonly metrics: MinuteMetrics,
    private readonly canaries: CanaryWindows,
  ) {}

  /** Reads the running periods' counters, so that a restart does not give quotas back. */
  async loadUsage(): Promise<void> {
    for (const { planId, keyId, ...period } of await selectRecentUsage(this.pool)) {
      this.limits.learn(planId, keyId, period);
    }
    this.#isLoaded = true;
  }

  /** Stores counts and gives back reservations that are too many; at the end all of them. */
  async flushUsage(isLast = false): Promise<void> {
    if (!this.#isLoaded) await this.loadUsage();
    const deltas = this.limits.takeDeltas();
    if (deltas.length > 0) await this.#store(deltas);
    await returnQuota(this.pool, this.limits.takeReturns(isLast));
  }

  async #store(deltas: readonly UsageDelta[]): Promise<void> {
    try {
      const quotas = deltas.flatMap(({ planId, keyId, quotas }) =>
        quotas.map((count) => ({ planId, keyId, ...count })),
      );
      for (const { planId, keyId, ...period } of await addUsage(this.pool, quotas)) {
        this.limits.learn(planId, keyId, period);
      }
    } catch (error) {
      this.limits.restore(deltas);
      throw error;
    }
    await addUsageDays(
      this.pool,
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
