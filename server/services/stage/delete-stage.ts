import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { lockStage, stageSubject } from "./find-stage";

/** Deletes a stage; its deployments stay. CONFLICT while usage plans cover it. */
export async function deleteStage(
  actor: Actor,
  input: { apiId: string; stageName: string },
): Promise<{ configChangeId: string }> {
  authorize(actor, "stage:write");
  return write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    const plans = await tx.usagePlanStage.findMany({
      where: { stageId: stage.id },
      select: { plan: { select: { id: true, name: true } } },
    });
    if (plans.length > 0) {
      const names = plans.map(({ plan }) => plan.name).join(", ");
      throw new ServiceError("CONFLICT", `The stage belongs to usage plans: take it out of ${names} first`, {
        details: { plans: plans.map(({ plan }) => plan) },
      });
    }
    await tx.stage.delete({ where: { id: stage.id }, select: { id: true } });
    const change = await recordConfigChange(tx, { kind: "stage", subject: `${stage.apiId}/${stage.name}` });
    await emit({
      type: "stage.deleted",
      subject: stageSubject(stage),
      detail: { apiId: stage.apiId, stageName: stage.name },
    });
    return { configChangeId: String(change) };
  });
}
