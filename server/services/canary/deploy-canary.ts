import type { Actor } from "@/server/domain/actor";
import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import { authorize } from "@/server/services/authorize";
import { type DeployInput, freezeDraft } from "@/server/services/deployment/create-deployment";
import { changeStage } from "@/server/services/stage/change-stage";
import { lockStage } from "@/server/services/stage/find-stage";
import { write } from "@/server/services/write";

type Input = DeployInput & { canary: Omit<CanarySettings, "deploymentId"> };

/**
 * Freezes the draft as the next deployment and gives it to the canary of a stage there is, which goes on serving its
 * own. NOT_FOUND without the stage; INVALID when the draft has errors.
 */
export async function deployCanary(
  actor: Actor,
  input: Input,
): Promise<{ deploymentId: string; number: number; configChangeId: string }> {
  authorize(actor, "api:deploy");
  const { canary, ...draft } = input;
  return write(actor, async (tx, emit) => {
    const { api, deployment } = await freezeDraft(tx, actor, draft);
    const stage = await lockStage(tx, actor, input);
    await emit({
      type: "deployment.created",
      subject: api.name,
      detail: { apiId: api.id, deploymentId: deployment.id, number: deployment.number },
    });
    const { configChangeId } = await changeStage({ tx, emit, actor }, stage, {
      canary: { ...canary, deploymentId: deployment.id },
    });
    return { deploymentId: deployment.id, number: deployment.number, configChangeId };
  });
}
