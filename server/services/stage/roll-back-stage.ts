import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { findDeployment } from "@/server/services/deployment/find-deployment";
import { write } from "@/server/services/write";
import { activateDeployment } from "./activate-deployment";
import { lockStage, stageSubject } from "./find-stage";

export type StageRollback = { deploymentId: string; number: number; configChangeId: string };

/** Points a stage at a deployment that already exists, older or newer: nothing is built anew. */
export async function rollBackStage(
  actor: Actor,
  input: { apiId: string; stageName: string; deploymentId: string },
): Promise<StageRollback> {
  authorize(actor, "api:deploy");
  return write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    const deployment = await findDeployment(actor, input, tx);
    const configChangeId = await activateDeployment(tx, actor, {
      apiId: stage.apiId,
      stageName: stage.name,
      deployment,
      kind: "rolled-back",
    });
    await emit({
      type: "stage.rolled-back",
      subject: stageSubject(stage),
      detail: {
        apiId: stage.apiId,
        stageName: stage.name,
        deploymentId: deployment.id,
        number: deployment.number,
      },
    });
    return { deploymentId: deployment.id, number: deployment.number, configChangeId };
  });
}
