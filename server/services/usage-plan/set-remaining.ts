import { database } from "@/server/db/client";
import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { quotaLimitIn, quotaPeriod } from "@/server/gateway/policies/quota-period";
import type { Quota } from "@/server/gateway/snapshot/usage-plan";
import { findKey } from "@/server/services/api-key/find-key";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findPlan } from "./find-plan";
import { planQuota } from "./plan-view";

type Tie = { planId: string; keyId: string; quota: Quota; joinedAt: Date };

/** How many requests a key may still make in the period that runs now. */
export async function remainingOf({ planId, keyId, quota, joinedAt }: Tie, now: Date): Promise<number> {
  const { startMs } = quotaPeriod(quota.period, now.getTime());
  const counter = await database().usageCounter.findUnique({
    where: { planId_keyId_periodStart: { planId, keyId, periodStart: new Date(startMs) } },
  });
  const limit = quotaLimitIn(quota, startMs, joinedAt.getTime());
  return Math.max(0, limit - Number(counter?.used ?? 0));
}

/**
 * Says how many requests a key may still make in the period that runs now; the next one begins as always. The counter
 * is set (below zero where more than the quota is left) and the data planes take it over with a configuration change.
 */
export async function setRemaining(
  actor: Actor,
  input: { planId: string; keyId: string; remaining: number },
  now: Date = new Date(),
): Promise<{ configChangeId: string }> {
  authorize(actor, "key:write");
  return write(actor, async (tx, emit) => {
    const plan = await findPlan(actor, input.planId, tx);
    const key = await findKey(actor, input.keyId, tx);
    const where = { planId: plan.id, keyId: key.id };
    const tie = await tx.usagePlanKey.findUnique({ where: { planId_keyId: where } });
    if (!tie) throw new ServiceError("NOT_FOUND", "The key is not in this plan");
    const quota = planQuota(plan);
    if (!quota) throw new ServiceError("INVALID", "The usage plan has no quota");
    const { startMs } = quotaPeriod(quota.period, now.getTime());
    const used = BigInt(quotaLimitIn(quota, startMs, tie.createdAt.getTime()) - input.remaining);
    const periodStart = new Date(startMs);
    await tx.usageCounter.upsert({
      where: { planId_keyId_periodStart: { ...where, periodStart } },
      create: { ...where, periodStart, used },
      update: { used, updatedAt: now },
    });
    const change = await recordConfigChange(tx, { kind: "usage", subject: `${plan.id}/${key.id}` });
    await emit({
      type: "usage-plan.quota-extended",
      subject: plan.name,
      detail: { ...where, key: key.name, remaining: input.remaining },
    });
    return { configChangeId: String(change) };
  });
}
