import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { lockStage, stageSubject } from "./find-stage";
import { refuseUsed } from "./stage-use";

/**
 * Deletes a stage; its deployments stay. CONFLICT while something points at it, with what that is, unless `force` is set:
 * then it leaves its usage plans. AWS's clients are refused for usage plans only, and cannot force.
 */
export async function deleteStage(
  actor: Actor,
  input: { apiId: string; stageName: string; force?: boolean },
): Promise<{ configChangeId: string }> {
  authorize(actor, "stage:write");
  return write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    const plans = await tx.usagePlanStage.findMany({
      where: { stageId: stage.id },
      select: { plan: { select: { id: true, name: true } } },
    });
    if (actor.channel === "aws") refusePlans(plans.map(({ plan }) => plan));
    else if (!input.force) await refuseUsed(tx, actor, { apiId: stage.apiId, stageName: stage.name });
    await tx.stage.delete({ where: { id: stage.id }, select: { id: true } });
    for (const { plan } of plans) await recordConfigChange(tx, { kind: "plan", subject: plan.id });
    const change = await recordConfigChange(tx, { kind: "stage", subject: `${stage.apiId}/${stage.name}` });
    await emit({
      type: "stage.deleted",
      subject: stageSubject(stage),
      detail: { apiId: stage.apiId, stageName: stage.name, plans: plans.map(({ plan }) => plan.name) },
    });
    return { configChangeId: String(change) };
  });
}

function refusePlans(plans: { id: string; name: string }[]): void {
  if (plans.length === 0) return;
  const names = plans.map(({ name }) => name).join(", ");
  throw new ServiceError("CONFLICT", `The stage belongs to usage plans: take it out of ${names} first`, {
    details: { plans },
  });
}
