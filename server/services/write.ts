import type { Transaction } from "@/server/db/client";
import { transaction } from "@/server/db/transaction";
import type { Actor } from "@/server/domain/actor";
import { dispatchEvents } from "@/server/events/dispatch";
import type { DomainEvent } from "@/server/events/event";
import { publish } from "@/server/events/outbox";

export type Emit = (event: DomainEvent) => Promise<void>;

/** Runs a change and the events it emits in one transaction; the subscribers hear of them when it is committed. */
export async function write<Result>(
  actor: Actor,
  work: (tx: Transaction, emit: Emit) => Promise<Result>,
): Promise<Result> {
  const result = await transaction((tx) => work(tx, (event) => publish(tx, actor, event)));
  await dispatchCommitted();
  return result;
}

/**
 * Hands on the events of a change that is committed: whatever happens now, the caller has to hear that it is done, and
 * what it made (a key's value is shown once). Events left behind go with the next change.
 */
export async function dispatchCommitted(): Promise<void> {
  try {
    await dispatchEvents();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
