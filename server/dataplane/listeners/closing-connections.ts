import type { Duplex } from "node:stream";

/** How long what a refused client still sends is taken in, so that it finds the answer and no reset. */
export const LINGER_MS = 1_000;

const closing = new WeakSet<Duplex>();

/** The answer that is being written is the connection's last. */
export function markClosing(connection: Duplex): void {
  closing.add(connection);
}

export function isClosing(connection: Duplex): boolean {
  return closing.has(connection);
}
