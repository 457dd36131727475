/** A gateway reports about every 2 s; one that was silent for five reports counts as gone. */
const ALIVE_MS = 10_000;

/** Gateways seen since then are alive. */
export function aliveSince(now: Date = new Date()): Date {
  return new Date(now.getTime() - ALIVE_MS);
}
