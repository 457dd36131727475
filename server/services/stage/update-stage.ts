import type { Actor } from "@/server/domain/actor";
import type { StageConfig } from "@/server/gateway/snapshot/stage-config";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { changeStage, type StageChanges } from "./change-stage";
import { mergedChanges, type StageBase } from "./changed-config";
import { lockStage } from "./find-stage";

/**
 * Changes a stage's settings; the data planes take them over at once, without a deployment. Where it serves another
 * deployment afterwards (AWS's clients change both in one go), or its canary does, the actor must be allowed to deploy.
 * With `base`, method settings and variables that others changed since it was read are kept.
 */
export async function updateStage(
  actor: Actor,
  input: { apiId: string; stageName: string; changes: StageChanges; base?: StageBase },
): Promise<{ config: StageConfig; configChangeId: string }> {
  authorize(actor, "stage:write");
  const { changes } = input;
  if (changes.deploymentId !== undefined || changes.canary) authorize(actor, "api:deploy");
  return write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    return changeStage({ tx, emit, actor }, stage, mergedChanges(stage, input));
  });
}
