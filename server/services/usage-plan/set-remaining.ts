import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { quotaLimitIn, quotaPeriod } from "@/server/gateway/policies/quota-period";
import { findKey } from "@/server/services/api-key/find-key";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findPlan } from "./find-plan";
import { planQuota } from "./plan-view";

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
