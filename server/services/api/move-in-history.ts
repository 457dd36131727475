import type { Actor } from "@/server/domain/actor";
import type { ApiDefinition } from "@/server/domain/definition";
import type { Patch } from "@/server/domain/edits/apply-edits";
import { applyPatches } from "@/server/domain/edits/apply-edits";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { lockApi } from "./find-api";
import { historyState } from "./history-state";
import { requireRevision } from "./require-revision";
import { saveDefinition } from "./save-definition";

export type HistoryMove = { revision: number; draftHash: string; definition: ApiDefinition; label: string };

/** Takes back the newest edit that stands, as a new revision. INVALID when there is none. */
export function undoEdit(actor: Actor, input: { apiId: string; revision: number }): Promise<HistoryMove> {
  return moveInHistory(actor, input, "undo");
}

/** Makes the edit that was undone last again, as a new revision. INVALID when there is none. */
export function redoEdit(actor: Actor, input: { apiId: string; revision: number }): Promise<HistoryMove> {
  return moveInHistory(actor, input, "redo");
}

async function moveInHistory(
  actor: Actor,
  input: { apiId: string; revision: number },
  direction: "undo" | "redo",
): Promise<HistoryMove> {
  authorize(actor, "api:write");
  return write(actor, async (tx, emit) => {
    const api = await lockApi(tx, actor, input.apiId);
    requireRevision(api, input.revision);
    const step = (await historyState(api.id, tx))[direction];
    if (!step) throw new ServiceError("INVALID", `There is nothing to ${direction}`);
    const edit = await tx.apiEdit.findUniqueOrThrow({ where: { id: step.id } });
    const patches = (direction === "undo" ? edit.inversePatches : edit.patches) as unknown as Patch[];
    const definition = applyPatches(api.definition, patches);
    const saved = await saveDefinition(tx, api, definition);
    await tx.apiEdit.update({
      where: { id: step.id },
      data: { undoneAt: direction === "undo" ? new Date() : null },
    });
    await emit({
      type: direction === "undo" ? "api.edit-undone" : "api.edit-redone",
      subject: api.name,
      detail: { apiId: api.id, label: step.label, revision: saved.revision },
    });
    return { ...saved, definition, label: step.label };
  });
}
