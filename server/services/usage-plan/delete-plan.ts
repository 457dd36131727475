import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findPlan, lockPlanTies } from "./find-plan";

/** Deletes a usage plan. CONFLICT while it has keys: whoever holds one would lose access without warning. */
export async function deletePlan(actor: Actor, input: { planId: string }): Promise<void> {
  authorize(actor, "plan:write");
  await write(actor, async (tx, emit) => {
    await lockPlanTies(tx, actor);
    const plan = await findPlan(actor, input.planId, tx);
    const keyCount = plan._count.keys;
    if (keyCount > 0) {
      const keys = keyCount === 1 ? "a key" : `${keyCount} keys`;
      throw new ServiceError("CONFLICT", `The plan has ${keys}: take them out first`, {
        details: { keyCount },
      });
    }
    await tx.usagePlan.delete({ where: { id: plan.id }, select: { id: true } });
    await recordConfigChange(tx, { kind: "plan", subject: plan.id });
    await emit({ type: "usage-plan.deleted", subject: plan.name, detail: { planId: plan.id } });
  });
}
