import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { type KeyDays, type SimulatedKey, simulateQuota } from "@/server/domain/limits/simulate-quota";
import { quotaPeriod } from "@/server/gateway/policies/quota-period";
import type { Quota } from "@/server/gateway/snapshot/usage-plan";
import { authorize } from "@/server/services/authorize";
import { findPlan } from "./find-plan";
import type { PlanLimitsInput } from "./plan-limits";
import { planQuota } from "./plan-view";
import { firstDay } from "./usage-days";

export type WhatIf = {
  /** The first day looked at: one with which a period of the quota begins. */
  from: Date;
  /** Keys in the plan, those of them with requests, and those the quota would have refused requests of. */
  keyCount: number;
  keysUsed: number;
  keysHit: number;
  count: number;
  refused: number;
  /** Keys that used up the present quota where it is enforced: what that refused them is not in the history. */
  keysAtLimit: number;
  /** The keys hit, those with the most refusals first. */
  keys: (SimulatedKey & { name: string; customerId: string | null })[];
};

const KEYS_SHOWN = 100;

/** What a quota would have done to the last `days` days of the keys that are in the plan now. */
export async function whatIf(
  actor: Actor,
  input: { planId: string; quota: PlanLimitsInput["quota"]; days: number },
  now: Date = new Date(),
): Promise<WhatIf> {
  authorize(actor, "plan:read");
  const plan = await findPlan(actor, input.planId);
  const quota: Quota | null = input.quota ? { ...input.quota, offset: input.quota.offset ?? 0 } : null;
  const firstMs = firstDay(input.days, now).getTime();
  const from = new Date(quota ? quotaPeriod(quota.period, firstMs).startMs : firstMs);
  const history = await daysOfKeys(plan.id, from);
  const { keys, ...sums } = simulateQuota(quota, history);
  const present = planQuota(plan);
  // One less: a key that has made exactly as many requests as it may has used its quota up.
  // In shadow it has refused nothing: then the history is whole.
  const refuses = present && !present.shadow;
  const atLimit = refuses ? simulateQuota({ ...present, limit: present.limit - 1 }, history).keysHit : 0;
  const hit = keys.filter(({ refused }) => refused > 0).slice(0, KEYS_SHOWN);
  const names = await database().apiKey.findMany({
    where: { id: { in: hit.map(({ keyId }) => keyId) } },
    select: { id: true, name: true, customerId: true },
  });
  const nameOf = new Map(names.map((key) => [key.id, key]));
  return {
    from,
    keyCount: history.length,
    keysUsed: keys.length,
    keysAtLimit: atLimit,
    ...sums,
    keys: hit.map((key) => ({
      ...key,
      name: nameOf.get(key.keyId)?.name ?? key.keyId,
      customerId: nameOf.get(key.keyId)?.customerId ?? null,
    })),
  };
}

async function daysOfKeys(planId: string, from: Date): Promise<KeyDays[]> {
  const [ties, rows] = await Promise.all([
    database().usagePlanKey.findMany({ where: { planId }, select: { keyId: true, createdAt: true } }),
    database().usageDay.findMany({
      where: { planId, day: { gte: from } },
      select: { keyId: true, day: true, count: true },
    }),
  ]);
  const days = new Map<string, { dayMs: number; count: number }[]>();
  for (const { keyId, day, count } of rows) {
    const one = { dayMs: day.getTime(), count: Number(count) };
    const list = days.get(keyId);
    if (list) list.push(one);
    else days.set(keyId, [one]);
  }
  return ties.map(({ keyId, createdAt }) => ({
    keyId,
    joinedAtMs: createdAt.getTime(),
    days: days.get(keyId) ?? [],
  }));
}
