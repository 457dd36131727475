import type { Transaction } from "@/server/db/client";
import { storableJson } from "@/server/db/json";
import type { PublishedEvent } from "@/server/events/event";

/** Keeps every event in the audit log. */
export async function audit(tx: Transaction, event: PublishedEvent): Promise<void> {
  await tx.auditEntry.create({
    data: {
      workspaceId: event.workspaceId,
      actorId: event.actor.userId,
      actorName: event.actor.name,
      channel: event.actor.channel,
      action: event.type,
      subject: event.subject,
      detail: storableJson(event.detail ?? {}) ?? {},
      createdAt: event.at,
    },
  });
}
