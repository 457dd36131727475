import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { quotaLimitIn, quotaPeriod } from "@/server/gateway/policies/quota-period";
import { authorize } from "@/server/services/authorize";
import { findPlan } from "./find-plan";
import { planQuota } from "./plan-view";
import { remainingOf } from "./set-remaining";

/** Of one UTC day: requests, and what of the quota was left at its end (today: is left); null without a quota. */
export type DayOfUsage = { used: number; remaining: number | null };

type Input = {
  planId: string;
  keyIds: readonly string[];
  /** The first moments of UTC days, both included. */
  firstMs: number;
  lastMs: number;
};

const DAY_MS = 86_400_000;

/** What keys of a plan used on each day, by key, in the order of the days. */
export async function usageByDay(
  actor: Actor,
  { planId, keyIds, firstMs, lastMs }: Input,
  now: Date = new Date(),
): Promise<Map<string, DayOfUsage[]>> {
  authorize(actor, "plan:read");
  const plan = await findPlan(actor, planId);
  const quota = planQuota(plan);
  // The period of the first day may have begun before it.
  const fromMs = quota ? quotaPeriod(quota.period, firstMs).startMs : firstMs;
  const [rows, ties] = await Promise.all([
    database().usageDay.findMany({
      where: {
        planId,
        keyId: { in: [...keyIds] },
        day: { gte: new Date(fromMs), lte: new Date(lastMs) },
      },
    }),
    database().usagePlanKey.findMany({ where: { planId, keyId: { in: [...keyIds] } } }),
  ]);
  const counts = new Map(rows.map((row) => [`${row.keyId}/${row.day.getTime()}`, Number(row.count)]));
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const result = new Map<string, DayOfUsage[]>();
  for (const { keyId, createdAt } of ties) {
    const days: DayOfUsage[] = [];
    let usedInPeriod = 0;
    for (let dayMs = fromMs; dayMs <= lastMs; dayMs += DAY_MS) {
      const used = counts.get(`${keyId}/${dayMs}`) ?? 0;
      let remaining: number | null = null;
      if (quota) {
        const { startMs } = quotaPeriod(quota.period, dayMs);
        usedInPeriod = startMs === dayMs ? used : usedInPeriod + used;
        remaining = Math.max(0, quotaLimitIn(quota, startMs, createdAt.getTime()) - usedInPeriod);
      }
      if (dayMs >= firstMs) days.push({ used, remaining });
    }
    // What was set by hand is only in the counter of the running period.
    if (quota && lastMs >= today && firstMs <= today) {
      const remaining = await remainingOf({ planId, keyId, quota, joinedAt: createdAt }, now);
      for (let dayMs = today; dayMs <= lastMs; dayMs += DAY_MS) {
        const day = days[(dayMs - firstMs) / DAY_MS];
        if (day && quotaPeriod(quota.period, dayMs).endMs === quotaPeriod(quota.period, today).endMs) {
          day.remaining = remaining;
        }
      }
    }
    result.set(keyId, days);
  }
  return result;
}
