import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { applyEdits, type EditCall } from "@/server/domain/edits/apply-edits";
import type { ApiRow } from "./find-api";
import { requireStorable, saveDefinition } from "./save-definition";

export type SavedEdits = { revision: number; draftHash: string; label: string };

/** Applies edits to a locked draft and keeps the result with the patches that undo it. */
export async function applyToDraft(
  tx: Transaction,
  actor: Actor,
  { api, edits }: { api: ApiRow; edits: readonly EditCall[] },
): Promise<SavedEdits> {
  const applied = applyEdits(api.definition, edits);
  const saved = await saveDefinition(tx, api, applied.definition);
  const label = labelOf(applied.labels);
  await tx.apiEdit.create({
    data: {
      apiId: api.id,
      revision: saved.revision,
      label,
      edits: requireStorable(edits),
      patches: requireStorable(applied.patches),
      inversePatches: requireStorable(applied.inversePatches),
      actorId: actor.userId,
      actorName: actor.name,
      channel: actor.channel,
    },
    select: { id: true },
  });
  return { ...saved, label };
}

function labelOf(labels: readonly string[]): string {
  const [first = "No change"] = labels;
  return labels.length > 1 ? `${first} and ${labels.length - 1} more` : first;
}
