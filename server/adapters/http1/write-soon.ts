import type net from "node:net";

/** So many messages go out together; nobody waits for more than that. */
const MOST_HELD = 16;
/** If making a message took longer than that, the one before should not have waited for it, and this one waits for none. */
const SHORT_WORK_MS = 0.1;

let held: net.Socket[] = [];
let isFlushAhead = false;
let lastMs = 0;

/**
 * Writes a message, each octet one character. Where messages are made quickly one after the other, they are written once
 * everything that has been read so far is worked on: who reads them is woken once and finds several, instead of being woken
 * for each. A message alone, or one that took long, is written at once. What is written to the socket later, or ends it,
 * comes after the message.
 */
export function writeSoon(socket: net.Socket, message: string): void {
  const nowMs = performance.now();
  const isShortWork = nowMs - lastMs < SHORT_WORK_MS;
  lastMs = nowMs;
  if (!isShortWork) {
    flush();
    socket.write(message, "latin1");
    return;
  }
  socket.cork();
  socket.write(message, "latin1");
  held.push(socket);
  if (held.length >= MOST_HELD) flush();
  else if (!isFlushAhead) {
    isFlushAhead = true;
    setImmediate(flushAhead);
  }
}

function flushAhead(): void {
  isFlushAhead = false;
  flush();
}

function flush(): void {
  if (held.length === 0) return;
  const sockets = held;
  held = [];
  for (const socket of sockets) socket.uncork();
}
