import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { newId } from "@/server/services/new-id";
import { write } from "@/server/services/write";
import { limitColumns, type PlanLimitsInput } from "./plan-limits";

/** Makes a usage plan. Without throttle or quota it limits nothing. */
export async function createPlan(
  actor: Actor,
  input: { name: string; description?: string } & PlanLimitsInput,
): Promise<{ planId: string }> {
  authorize(actor, "plan:write");
  const limits = limitColumns(input);
  return write(actor, async (tx, emit) => {
    const planId = newId();
    const { name, description } = input;
    await tx.usagePlan.create({
      data: { id: planId, workspaceId: actor.workspaceId, name, description: description ?? "", ...limits },
      select: { id: true },
    });
    await recordConfigChange(tx, { kind: "plan", subject: planId });
    await emit({ type: "usage-plan.created", subject: name, detail: { planId } });
    return { planId };
  });
}
