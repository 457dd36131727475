import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { lockStage, stageSubject } from "./find-stage";

const EVENTS = {
  /** What the stage's authorizers have decided (AWS's FlushStageAuthorizersCache). */
  "authorizer-cache": "stage.authorizers-flushed",
  /** The answers that the stage's cache keeps (AWS's FlushStageCache). */
  "response-cache": "stage.cache-flushed",
} as const;

/** Makes every gateway forget what it keeps of a stage in one of its caches. */
export async function flushStage(
  actor: Actor,
  input: { apiId: string; stageName: string; cache: keyof typeof EVENTS },
): Promise<{ configChangeId: string }> {
  authorize(actor, "stage:write");
  const { cache } = input;
  return write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    const subject = `${stage.apiId}/${stage.name}`;
    const change = await recordConfigChange(tx, { kind: cache, subject });
    await emit({
      type: EVENTS[cache],
      subject: stageSubject(stage),
      detail: { apiId: stage.apiId, stageName: stage.name },
    });
    return { configChangeId: String(change) };
  });
}
