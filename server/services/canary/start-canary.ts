import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import { authorize } from "@/server/services/authorize";
import { changeStage } from "@/server/services/stage/change-stage";
import { lockStage } from "@/server/services/stage/find-stage";
import { write } from "@/server/services/write";

/** Gives a stage a canary that serves a deployment there is. CONFLICT if it has one. */
export async function startCanary(
  actor: Actor,
  input: { apiId: string; stageName: string; canary: CanarySettings },
): Promise<{ configChangeId: string }> {
  authorize(actor, "api:deploy");
  return write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    if (stage.config.canary) {
      throw new ServiceError("CONFLICT", "The stage has a canary already: promote or remove it first");
    }
    const { configChangeId } = await changeStage({ tx, emit, actor }, stage, { canary: input.canary });
    return { configChangeId };
  });
}
