import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { AuditRow } from "@/server/services/audit/list-audit";
import { authorize } from "@/server/services/authorize";
import { dispatchCommitted } from "@/server/services/write";
import { findKey } from "./find-key";

const SHOWN = 30;

/** What was done to a key and to its place in plans, the newest 30 entries. */
export async function keyHistory(actor: Actor, input: { keyId: string }): Promise<AuditRow[]> {
  authorize(actor, "audit:read");
  const key = await findKey(actor, input.keyId);
  await dispatchCommitted();
  return database().auditEntry.findMany({
    where: {
      workspaceId: actor.workspaceId,
      createdAt: { gte: key.createdAt },
      detail: { path: ["keyId"], equals: key.id },
    },
    orderBy: { id: "desc" },
    take: SHOWN,
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
}
