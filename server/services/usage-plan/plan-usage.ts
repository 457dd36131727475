import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { findPlan } from "./find-plan";
import { planQuota } from "./plan-view";
import { type QuotaState, quotaStates } from "./quota-state";
import { firstDay, type UsageDayPoint, usageDays } from "./usage-days";

export type PlanKeyUsage = {
  keyId: string;
  name: string;
  customerId: string | null;
  enabled: boolean;
  count: number;
  throttled: number;
  quota: QuotaState | null;
};

export type PlanUsage = { days: UsageDayPoint[]; keys: PlanKeyUsage[] };

const KEYS_SHOWN = 100;

/** A plan's requests per day, and its keys with what they used, the busiest 100 first. */
export async function planUsage(
  actor: Actor,
  input: { planId: string; days: number },
  now: Date = new Date(),
): Promise<PlanUsage> {
  authorize(actor, "plan:read");
  const plan = await findPlan(actor, input.planId);
  const [days, sums, ties] = await Promise.all([
    usageDays({ planId: plan.id }, input.days, now),
    database().usageDay.groupBy({
      by: ["keyId"],
      where: { planId: plan.id, day: { gte: firstDay(input.days, now) } },
      _sum: { count: true, throttled: true },
    }),
    database().usagePlanKey.findMany({
      where: { planId: plan.id },
      select: { createdAt: true, key: { select: { id: true, name: true, customerId: true, enabled: true } } },
    }),
  ]);
  const sumOf = new Map(sums.map((sum) => [sum.keyId, sum._sum]));
  const busiest = ties
    .map((tie) => ({ ...tie, count: Number(sumOf.get(tie.key.id)?.count ?? 0) }))
    .sort((a, b) => b.count - a.count || a.key.name.localeCompare(b.key.name))
    .slice(0, KEYS_SHOWN);
  const quota = planQuota(plan);
  const quotas = quota
    ? await quotaStates(
        busiest.map((tie) => ({ planId: plan.id, keyId: tie.key.id, joinedAt: tie.createdAt, quota })),
        now,
      )
    : [];
  const keys = busiest.map(({ key: { id, ...key }, count }, index) => ({
    keyId: id,
    ...key,
    count,
    throttled: Number(sumOf.get(id)?.throttled ?? 0),
    quota: quotas[index] ?? null,
  }));
  return { days, keys };
}
