import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { quotaLimitIn, quotaPeriod } from "@/server/gateway/policies/quota-period";
import { findKey } from "@/server/services/api-key/find-key";
import { findPlan } from "./find-plan";
import { planQuota } from "./plan-view";

/**
 * The period that runs now of a key's quota in a plan: when it began, in ms, and how many requests it has. NOT_FOUND if the
 * key is not in the plan, INVALID if the plan has no quota.
 */
export async function runningQuota(
  tx: Transaction,
  actor: Actor,
  { planId, keyId, now }: { planId: string; keyId: string; now: Date },
) {
  const plan = await findPlan(actor, planId, tx);
  const key = await findKey(actor, keyId, tx);
  const where = { planId: plan.id, keyId: key.id };
  const tie = await tx.usagePlanKey.findUnique({ where: { planId_keyId: where } });
  if (!tie) throw new ServiceError("NOT_FOUND", "The key is not in this plan");
  const quota = planQuota(plan);
  if (!quota) throw new ServiceError("INVALID", "The usage plan has no quota");
  const { startMs } = quotaPeriod(quota.period, now.getTime());
  const limit = quotaLimitIn(quota, startMs, tie.createdAt.getTime());
  return { plan, key, where, startMs, limit };
}
