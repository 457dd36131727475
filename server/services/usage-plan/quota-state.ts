import { database } from "@/server/db/client";
import { quotaLimitIn, quotaPeriod } from "@/server/gateway/policies/quota-period";
import type { Quota } from "@/server/gateway/snapshot/usage-plan";

/** How much of a quota one key has used in the period that runs now. */
export type QuotaState = {
  used: number;
  limit: number;
  /** More than `limit` where somebody gave the key more (extend-quota.ts). */
  remaining: number;
  period: Quota["period"];
  /** When the next period begins. */
  resetsAt: Date;
};

type Tie = { planId: string; keyId: string; joinedAt: Date; quota: Quota };

/** The quota of each key in each plan, in the order given, with one query. */
export async function quotaStates(ties: readonly Tie[], now: Date): Promise<QuotaState[]> {
  const periods = ties.map((tie) => quotaPeriod(tie.quota.period, now.getTime()));
  const rows = await counters(ties, periods);
  const used = new Map(
    rows.map((row) => [counterKey(row.planId, row.keyId, row.periodStart.getTime()), Number(row.used)]),
  );
  return ties.map(({ planId, keyId, joinedAt, quota }, index) => {
    const { startMs, endMs } = periods[index] as { startMs: number; endMs: number };
    const counted = used.get(counterKey(planId, keyId, startMs)) ?? 0;
    const limit = quotaLimitIn(quota, startMs, joinedAt.getTime());
    return {
      // Below zero when somebody has extended the quota (set-remaining.ts).
      used: Math.max(0, counted),
      limit,
      remaining: Math.max(0, limit - counted),
      period: quota.period,
      resetsAt: new Date(endMs),
    };
  });
}

async function counters(ties: readonly Tie[], periods: readonly { startMs: number }[]) {
  if (ties.length === 0) return [];
  return database().usageCounter.findMany({
    where: {
      planId: { in: distinct(ties.map((tie) => tie.planId)) },
      keyId: { in: distinct(ties.map((tie) => tie.keyId)) },
      periodStart: { in: distinct(periods.map((period) => period.startMs)).map((ms) => new Date(ms)) },
    },
  });
}

function counterKey(planId: string, keyId: string, startMs: number): string {
  return `${planId}/${keyId}/${startMs}`;
}

function distinct<Value>(values: Value[]): Value[] {
  return [...new Set(values)];
}
