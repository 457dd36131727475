import type { Actor } from "@/server/domain/actor";
import type { EditCall } from "@/server/domain/edits/apply-edits";
import { editLocked } from "./edit-latest";
import { requireRevision } from "./require-revision";

/** Applies edits to the draft, all or none. `revision` is the one they were made on; CONFLICT if it is not the newest. */
export async function editApi(
  actor: Actor,
  input: { apiId: string; revision: number; edits: readonly EditCall[] },
): Promise<{ revision: number; draftHash: string }> {
  const { api, saved } = await editLocked(actor, {
    apiId: input.apiId,
    edits: (locked) => {
      requireRevision(locked, input.revision);
      return input.edits;
    },
  });
  return { revision: api.revision, draftHash: saved?.draftHash ?? api.definitionHash };
}
