import { recordConfigChange } from "@/server/db/notify";
import { isUniqueViolation } from "@/server/db/transaction";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { findKey } from "@/server/services/api-key/find-key";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findPlan, lockPlanTies } from "./find-plan";
import { refuseSecondPlan } from "./refuse-second-plan";

type Input = { planId: string; keyId: string };

/** Puts a key into a plan. CONFLICT if it is in it, or in another plan that covers one of the same stages. */
export async function attachKey(actor: Actor, input: Input): Promise<{ configChangeId: string }> {
  authorize(actor, "key:write");
  return write(actor, async (tx, emit) => {
    await lockPlanTies(tx, actor);
    const plan = await findPlan(actor, input.planId, tx);
    const key = await findKey(actor, input.keyId, tx);
    await refuseSecondPlan(tx, { planId: plan.id, keyIds: [key.id] });
    await tx.usagePlanKey.create({ data: { planId: plan.id, keyId: key.id } }).catch((error) => {
      if (!isUniqueViolation(error)) throw error;
      throw new ServiceError("CONFLICT", "The key is in this plan already");
    });
    const change = await recordConfigChange(tx, { kind: "key", subject: key.id });
    await emit({
      type: "usage-plan.key-attached",
      subject: plan.name,
      detail: { planId: plan.id, keyId: key.id, key: key.name },
    });
    return { configChangeId: String(change) };
  });
}

/** Takes a key out of a plan. */
export async function detachKey(actor: Actor, input: Input): Promise<{ configChangeId: string }> {
  authorize(actor, "key:write");
  return write(actor, async (tx, emit) => {
    const plan = await findPlan(actor, input.planId, tx);
    const key = await findKey(actor, input.keyId, tx);
    const { count } = await tx.usagePlanKey.deleteMany({ where: { planId: plan.id, keyId: key.id } });
    if (count === 0) throw new ServiceError("NOT_FOUND", "The key is not in this plan");
    const change = await recordConfigChange(tx, { kind: "key", subject: key.id });
    await emit({
      type: "usage-plan.key-detached",
      subject: plan.name,
      detail: { planId: plan.id, keyId: key.id, key: key.name },
    });
    return { configChangeId: String(change) };
  });
}
