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
import { selectRecentUsage } from "@/server/db/dataplane/quota-counters";
import { applyCounts, type CountStep, removeOldQuotaSteps } from "@/server/db/dataplane/quota-steps";
import { settleKilled } from "@/server/db/dataplane/quota-takeover";
import { insertRequests, removeOldRequests } from "@/server/db/dataplane/request-log-queries";

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
  readonly journal: QuotaJournalFile;
};

/** Stores what the node counted. What cannot be stored is kept for the next time. */
export class Reporter {
  #isLoaded = false;
  #step = 0;
  /** What was counted and is not known to be stored. */
  #underWay: readonly UsageDelta[] = [];

  constructor(private readonly parts: ReporterParts) {}

  /**
   * Settles what gateways had reserved that were killed, and reads the running periods' counters, so that a restart does
   * not give quotas back.
   */
  async loadUsage(): Promise<void> {
    const { pool, journal, limits } = this.parts;
    for (const left of journal.left()) {
      await settleKilled(pool, left.run);
      journal.remove(left);
    }
    for (const { planId, keyId, ...period } of await selectRecentUsage(pool)) {
      limits.learn(planId, keyId, period);
    }
    this.#isLoaded = true;
  }

  /**
   * Stores counts and gives back reservations that are too many, at the end all of them; what could not be stored first
   * and as it was. A step is stored once, also when the answer to it was lost.
   */
  async flushUsage(isLast = false): Promise<void> {
    const { limits } = this.parts;
    if (!this.#isLoaded) await this.loadUsage();
    if (this.#underWay.length > 0) await this.#store();
    if (limits.reservations?.isRunClosed) this.#beginAnew();
    const recalled = limits.reservations?.recall();
    if (isLast) await recalled;
    this.#underWay = limits.takeDeltas(++this.#step, isLast);
    if (this.#underWay.length > 0) await this.#store();
  }

  /** True if the database knows of all that this process had reserved. */
  get isSettled(): boolean {
    return this.#underWay.length === 0 && this.parts.limits.isSettled;
  }

  async #store(): Promise<void> {
    const { pool, journal, limits } = this.parts;
    const { isClosed, rows } = await applyCounts(pool, journal.runId, stepOf(this.#step, this.#underWay));
    if (isClosed) {
      this.#beginAnew();
      return this.#store();
    }
    this.#underWay = [];
    for (const { planId, keyId, ...period } of rows) limits.learn(planId, keyId, period);
  }

  /** This process was taken for dead: what it had reserved and used of that is settled, the rest it counts is not. */
  #beginAnew(): void {
    this.parts.journal.renew();
    this.parts.limits.forfeit();
    this.#underWay = this.#underWay.map((delta) => ({
      ...delta,
      quotas: delta.quotas.map((count) => ({ ...count, spent: 0, returned: 0 })),
    }));
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

  async removeOldQuotaSteps(): Promise<void> {
    await removeOldQuotaSteps(this.parts.pool);
  }

  async removeOldRequests(): Promise<void> {
    await removeOldRequests(this.parts.pool, this.parts.kept ?? DEFAULT_KEPT);
  }
}

function stepOf(step: number, deltas: readonly UsageDelta[]): CountStep {
  return {
    step,
    usage: deltas.flatMap(({ planId, keyId, quotas }) =>
      quotas.map(({ startMs, spent, extra, returned }) => ({
        ...{ planId, keyId, startMs },
        used: spent + extra,
        reserved: -spent - returned,
      })),
    ),
    days: deltas.flatMap(({ planId, keyId, dayMs, used, throttled, shadowed }) =>
      used > 0 || throttled > 0 ? [{ planId, keyId, dayMs, count: used, throttled, shadowed }] : [],
    ),
  };
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
