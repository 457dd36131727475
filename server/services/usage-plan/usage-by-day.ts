import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { quotaLimitIn, quotaPeriod } from "@/server/gateway/policies/quota-period";
import type { Quota } from "@/server/gateway/snapshot/usage-plan";
import { authorize } from "@/server/services/authorize";
import { findPlan } from "./find-plan";
import { planQuota } from "./plan-view";

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

/** What keys of a plan used on each day, by key, in the order of the days. Earlier days are reckoned with today's quota. */
export async function usageByDay(
  actor: Actor,
  { planId, keyIds, firstMs, lastMs }: Input,
  now: Date = new Date(),
): Promise<Map<string, DayOfUsage[]>> {
  authorize(actor, "plan:read");
  const quota = planQuota(await findPlan(actor, planId));
  // The period of the first day may have begun before it.
  const fromMs = quota ? quotaPeriod(quota.period, firstMs).startMs : firstMs;
  const running = quota && quotaPeriod(quota.period, now.getTime());
  const keys = { planId, keyId: { in: [...keyIds] } };
  const [rows, ties, counters] = await Promise.all([
    database().usageDay.findMany({
      where: { ...keys, day: { gte: new Date(fromMs), lte: new Date(lastMs) } },
    }),
    database().usagePlanKey.findMany({ where: keys }),
    running
      ? database().usageCounter.findMany({ where: { ...keys, periodStart: new Date(running.startMs) } })
      : [],
  ]);
  const counts = new Map(rows.map((row) => [`${row.keyId}/${row.day.getTime()}`, Number(row.count)]));
  const counted = new Map(counters.map(({ keyId, used }) => [keyId, Number(used)]));
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const usage = ties.map(({ keyId, createdAt }): [string, DayOfUsage[]] => {
    const days = daysOf({ quota, fromMs, lastMs, joinedAtMs: createdAt.getTime() }, (dayMs) => ({
      used: counts.get(`${keyId}/${dayMs}`) ?? 0,
      // What was set by hand is only in the counter of the running period.
      usedInPeriod:
        running && dayMs >= today && dayMs < running.endMs ? (counted.get(keyId) ?? 0) : undefined,
    }));
    return [keyId, days.slice((firstMs - fromMs) / DAY_MS)];
  });
  return new Map(usage);
}

type Span = { quota: Quota | null; fromMs: number; lastMs: number; joinedAtMs: number };

/** Every day of a span that begins with a period. */
function daysOf(
  { quota, fromMs, lastMs, joinedAtMs }: Span,
  dayAt: (dayMs: number) => { used: number; usedInPeriod: number | undefined },
): DayOfUsage[] {
  const days: DayOfUsage[] = [];
  let sum = 0;
  for (let dayMs = fromMs; dayMs <= lastMs; dayMs += DAY_MS) {
    const { used, usedInPeriod } = dayAt(dayMs);
    const startMs = quota && quotaPeriod(quota.period, dayMs).startMs;
    sum = startMs === dayMs ? used : sum + used;
    const remaining =
      quota && startMs !== null
        ? Math.max(0, quotaLimitIn(quota, startMs, joinedAtMs) - (usedInPeriod ?? sum))
        : null;
    days.push({ used, remaining });
  }
  return days;
}
