import type { Transaction } from "@/server/db/client";
import { transaction } from "@/server/db/transaction";
import type { PublishedEvent } from "./event";
import { audit } from "./subscribers/audit";

type Subscriber = (tx: Transaction, event: PublishedEvent) => Promise<void>;

/** Who hears of every event. A subscriber writes in the transaction that marks the event as dispatched. */
const subscribers: readonly Subscriber[] = [audit];

const BATCH = 100;

/**
 * Hands waiting events of the outbox to the subscribers, each exactly once, oldest first. What a crash left behind is
 * taken along by the next call.
 */
export async function dispatchEvents(): Promise<void> {
  while ((await dispatchBatch()) === BATCH) {}
}

async function dispatchBatch(): Promise<number> {
  return transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; workspaceId: string; payload: unknown; createdAt: Date }[]>`
      select id, "workspaceId", payload, "createdAt" from "OutboxEvent"
      where "dispatchedAt" is null order by id limit ${BATCH} for update skip locked`;
    for (const row of rows) {
      const payload = row.payload as Omit<PublishedEvent, "workspaceId" | "at">;
      const event = { ...payload, workspaceId: row.workspaceId, at: row.createdAt };
      for (const subscriber of subscribers) await subscriber(tx, event);
    }
    if (rows.length > 0) {
      const ids = rows.map((row) => row.id);
      await tx.outboxEvent.updateMany({ where: { id: { in: ids } }, data: { dispatchedAt: new Date() } });
    }
    return rows.length;
  });
}
