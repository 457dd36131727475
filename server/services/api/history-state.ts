import { database, type Transaction } from "@/server/db/client";

export type HistoryStep = { id: string; revision: number; label: string };

/**
 * What undo and redo would do. Undo takes the newest edit that stands; redo takes, of the undone edits newer than it,
 * the one undone last. A new edit is newer than all that was undone before, which leaves nothing to redo; when it is
 * undone itself, it comes before them again.
 */
export async function historyState(
  apiId: string,
  tx: Transaction = database(),
): Promise<{ undo: HistoryStep | null; redo: HistoryStep | null }> {
  const select = { id: true, revision: true, label: true };
  const undo = await tx.apiEdit.findFirst({
    where: { apiId, undoneAt: null },
    orderBy: { revision: "desc" },
    select,
  });
  const redo = await tx.apiEdit.findFirst({
    where: { apiId, undoneAt: { not: null }, revision: { gt: undo?.revision ?? 0 } },
    orderBy: [{ undoneAt: "desc" }, { revision: "asc" }],
    select,
  });
  return { undo, redo };
}
