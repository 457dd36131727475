import type { Transaction } from "@/server/db/client";
import { storableJson } from "@/server/db/json";
import type { Actor } from "@/server/domain/actor";
import type { DomainEvent } from "./event";

/** Puts an event into the outbox, in the transaction of the change it tells of. */
export async function publish(tx: Transaction, actor: Actor, event: DomainEvent): Promise<void> {
  const { userId, name, channel, workspaceId } = actor;
  const payload = storableJson({ ...event, actor: { userId, name, channel } });
  if (!payload) throw new Error(`The event ${event.type} holds text that cannot be stored`);
  await tx.outboxEvent.create({ data: { workspaceId, type: event.type, payload } });
}
