import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { lockStage, stageSubject } from "./find-stage";

/** Makes the gateways forget what a stage's authorizers have decided (AWS's FlushStageAuthorizersCache). */
export async function flushAuthorizers(
  actor: Actor,
  input: { apiId: string; stageName: string },
): Promise<{ configChangeId: string }> {
  authorize(actor, "stage:write");
  return write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    const subject = `${stage.apiId}/${stage.name}`;
    const change = await recordConfigChange(tx, { kind: "authorizer-cache", subject });
    await emit({
      type: "stage.authorizers-flushed",
      subject: stageSubject(stage),
      detail: { apiId: stage.apiId, stageName: stage.name },
    });
    return { configChangeId: String(change) };
  });
}
