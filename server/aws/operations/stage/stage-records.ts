import type { Call } from "@/server/aws/call";
import type { StageExtras } from "@/server/aws/patch/stage-state";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { findStage, type StageRow } from "@/server/services/stage/find-stage";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import { getStored, type StoredKey } from "@/server/services/stored-resource/stored-resource";

export type StageName = { apiId: string; stageName: string };

/** A stage; null if there is none (or no such API). */
export async function readStage(call: Call<unknown>, name: StageName): Promise<StageRow | null> {
  authorize(call.actor, "api:read");
  try {
    return await findStage(call.actor, name);
  } catch (error) {
    if (error instanceof ServiceError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

export const extrasKey = ({ apiId, stageName }: StageName): StoredKey => ({
  kind: "stage-extras",
  parentId: apiId,
  id: stageName,
});

export async function readExtras(call: Call<unknown>, name: StageName): Promise<StageExtras> {
  return ((await getStored(call.actor, extrasKey(name)))?.document ?? {}) as StageExtras;
}

/** Changes what is kept beside a stage; nothing is written where nothing changes. */
export async function saveExtras(
  call: Call<unknown>,
  name: StageName,
  change: (extras: StageExtras) => StageExtras,
): Promise<void> {
  const before = await readExtras(call, name);
  const after = JSON.parse(JSON.stringify(change(before))) as StageExtras;
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  if (Object.keys(after).length === 0) await deleteStored(call.actor, extrasKey(name));
  else await putStored(call.actor, extrasKey(name), after);
}
