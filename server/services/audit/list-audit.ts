import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { type Page, pageOf } from "@/server/services/page";
import { dispatchCommitted } from "@/server/services/write";

export type AuditRow = {
  id: string;
  actorName: string;
  channel: string;
  action: string;
  subject: string;
  detail: unknown;
  createdAt: Date;
};

const PAGE_SIZE = 50;

/** Who did what, newest first. */
export async function listAudit(actor: Actor, input: { cursor?: string }): Promise<Page<AuditRow>> {
  authorize(actor, "audit:read");
  // What gateways did by themselves waits in the outbox: they have no subscribers.
  await dispatchCommitted();
  const rows = await database().auditEntry.findMany({
    // Ids are UUIDs of version 7: their order is the order of time.
    where: { workspaceId: actor.workspaceId, ...(input.cursor ? { id: { lt: input.cursor } } : {}) },
    orderBy: { id: "desc" },
    take: PAGE_SIZE + 1,
    select: {
      id: true,
      actorName: true,
      channel: true,
      action: true,
      subject: true,
      detail: true,
      createdAt: true,
    },
  });
  return pageOf(rows, PAGE_SIZE, { item: (row) => row, cursor: (row) => row.id });
}
