import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { planQuota } from "@/server/services/usage-plan/plan-view";
import { type QuotaState, quotaStates } from "@/server/services/usage-plan/quota-state";
import { type UsageDayPoint, usageDays } from "@/server/services/usage-plan/usage-days";
import { findKey } from "./find-key";

export type KeyUsage = {
  days: UsageDayPoint[];
  plans: { id: string; name: string; quota: QuotaState | null }[];
};

/** A key's requests per day, and where it stands in the quota of each of its plans. */
export async function keyUsage(
  actor: Actor,
  input: { keyId: string; days: number },
  now: Date = new Date(),
): Promise<KeyUsage> {
  authorize(actor, "key:read");
  const key = await findKey(actor, input.keyId);
  const plans = await Promise.all(
    key.plans.map(async ({ plan, createdAt }) => {
      const quota = planQuota(plan);
      const [state] = quota
        ? await quotaStates([{ planId: plan.id, keyId: key.id, joinedAt: createdAt, quota }], now)
        : [];
      return { id: plan.id, name: plan.name, quota: state ?? null };
    }),
  );
  return { days: await usageDays({ keyId: key.id }, input.days, now), plans };
}
