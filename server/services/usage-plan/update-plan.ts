import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findPlan } from "./find-plan";
import { limitColumns, type PlanLimitsInput } from "./plan-limits";

export type PlanChanges = { name?: string; description?: string } & PlanLimitsInput;

/** Changes a usage plan; the data planes take the new limits over at once. */
export async function updatePlan(
  actor: Actor,
  input: { planId: string; changes: PlanChanges },
): Promise<{ configChangeId: string }> {
  authorize(actor, "plan:write");
  const { name, description, ...limits } = input.changes;
  const columns = limitColumns(limits);
  return write(actor, async (tx, emit) => {
    const plan = await findPlan(actor, input.planId, tx);
    await tx.usagePlan.update({
      where: { id: plan.id },
      data: { name: name ?? plan.name, description: description ?? plan.description, ...columns },
      select: { id: true },
    });
    const change = await recordConfigChange(tx, { kind: "plan", subject: plan.id });
    await emit({
      type: "usage-plan.changed",
      subject: name ?? plan.name,
      detail: { planId: plan.id, changes: input.changes },
    });
    return { configChangeId: String(change) };
  });
}
