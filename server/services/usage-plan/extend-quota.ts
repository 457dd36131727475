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
 * Gives a key `more` requests in the period that runs now, with a reason; the next one begins as always. What it used
 * beyond the quota is forgiven first, so that all of `more` can be used.
 */
export async function extendQuota(
  actor: Actor,
  input: { planId: string; keyId: string; more: number; reason: string },
  now: Date = new Date(),
): Promise<{ configChangeId: string; remaining: number }> {
  authorize(actor, "key:extend");
  return write(actor, async (tx, emit) => {
    const plan = await findPlan(actor, input.planId, tx);
    const key = await findKey(actor, input.keyId, tx);
    const where = { planId: plan.id, keyId: key.id };
    const tie = await tx.usagePlanKey.findUnique({ where: { planId_keyId: where } });
    if (!tie) throw new ServiceError("NOT_FOUND", "The key is not in this plan");
    const quota = planQuota(plan);
    if (!quota) throw new ServiceError("INVALID", "The usage plan has no quota");
    const { startMs } = quotaPeriod(quota.period, now.getTime());
    const limit = quotaLimitIn(quota, startMs, tie.createdAt.getTime());
    // One statement: gateways add to the counter meanwhile.
    const [row] = await tx.$queryRaw<{ used: bigint }[]>`
      insert into "UsageCounter" ("planId", "keyId", "periodStart", used, "updatedAt")
      values (${plan.id}, ${key.id}, ${new Date(startMs)}, ${-input.more}, ${now})
      on conflict ("planId", "keyId", "periodStart") do update
      set used = least("UsageCounter".used, ${limit}) - ${input.more}, "updatedAt" = ${now}
      returning used`;
    const remaining = limit - Number(row?.used ?? 0);
    const change = await recordConfigChange(tx, { kind: "usage", subject: `${plan.id}/${key.id}` });
    await emit({
      type: "usage-plan.quota-extended",
      subject: plan.name,
      detail: { ...where, key: key.name, more: input.more, remaining, reason: input.reason },
    });
    return { configChangeId: String(change), remaining };
  });
}
