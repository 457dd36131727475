import type { Actor } from "@/server/domain/actor";
import type { EditCall } from "@/server/domain/edits/apply-edits";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { applyToDraft, type SavedEdits } from "./apply-to-draft";
import { type ApiRow, findApi, lockApi } from "./find-api";

/**
 * Applies edits to the draft as it is now, all or none; `edits` works them out from it under the API's lock, so there
 * is no revision to conflict with. No edits change nothing. Returns the draft as it is then.
 */
export async function editLatest(
  actor: Actor,
  input: { apiId: string; edits: (api: ApiRow) => readonly EditCall[] },
): Promise<ApiRow> {
  const { api } = await editLocked(actor, input);
  return api;
}

/** As editLatest, with what was saved; null if there was nothing to do. */
export async function editLocked(
  actor: Actor,
  input: { apiId: string; edits: (api: ApiRow) => readonly EditCall[] },
): Promise<{ api: ApiRow; saved: SavedEdits | null }> {
  authorize(actor, "api:write");
  return write(actor, async (tx, emit) => {
    const api = await lockApi(tx, actor, input.apiId);
    const edits = input.edits(api);
    if (edits.length === 0) return { api, saved: null };
    const saved = await applyToDraft(tx, actor, { api, edits });
    await emit({
      type: "api.edited",
      subject: api.name,
      detail: { apiId: api.id, label: saved.label, revision: saved.revision },
    });
    return { api: await findApi(actor, api.id, tx), saved };
  });
}
