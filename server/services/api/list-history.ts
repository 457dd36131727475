import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { type Page, pageOf } from "@/server/services/page";
import { requireApi } from "./find-api";

export type HistoryRow = {
  revision: number;
  label: string;
  actorName: string;
  channel: string;
  createdAt: Date;
  undone: boolean;
};

const PAGE_SIZE = 50;

/** The saved edits of a draft, newest first. */
export async function listHistory(
  actor: Actor,
  input: { apiId: string; cursor?: string },
): Promise<Page<HistoryRow>> {
  authorize(actor, "api:read");
  await requireApi(actor, input.apiId);
  const rows = await database().apiEdit.findMany({
    where: { apiId: input.apiId, ...(input.cursor ? { revision: { lt: Number(input.cursor) || 0 } } : {}) },
    orderBy: { revision: "desc" },
    take: PAGE_SIZE + 1,
    select: { revision: true, label: true, actorName: true, channel: true, createdAt: true, undoneAt: true },
  });
  return pageOf(rows, PAGE_SIZE, {
    item: ({ undoneAt, ...row }) => ({ ...row, undone: undoneAt !== null }),
    cursor: (row) => String(row.revision),
  });
}
