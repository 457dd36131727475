import { database, type Transaction } from "@/server/db/client";

export type HistoryStep = { id: string; revision: number; label: string };

/**
 * What undo and redo would do. Undo takes the newest edit that stands; redo takes the oldest undone edit that is newer
 * than it. A new edit is newer than all that was undone before, which leaves nothing to redo.
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
    orderBy: { revision: "asc" },
    select,
  });
  return { undo, redo };
}
