import type { Actor } from "@/server/domain/actor";
import type { EditCall } from "@/server/domain/edits/apply-edits";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { applyToDraft } from "./apply-to-draft";
import { lockApi } from "./find-api";
import { requireRevision } from "./require-revision";

/** Applies edits to the draft, all or none. `revision` is the one they were made on; CONFLICT if it is not the newest. */
export async function editApi(
  actor: Actor,
  input: { apiId: string; revision: number; edits: readonly EditCall[] },
): Promise<{ revision: number; draftHash: string }> {
  authorize(actor, "api:write");
  return write(actor, async (tx, emit) => {
    const api = await lockApi(tx, actor, input.apiId);
    requireRevision(api, input.revision);
    const { label, ...saved } = await applyToDraft(tx, actor, { api, edits: input.edits });
    await emit({
      type: "api.edited",
      subject: api.name,
      detail: { apiId: api.id, label, revision: saved.revision },
    });
    return saved;
  });
}
