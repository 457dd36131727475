import type { Ids } from "../ports";

/**
 * `X-Amzn-Trace-Id` of a back-end call: the client's Root, Parent and Sampled are kept, what is missing is made
 * up (recorded: invocation trace id). A header without a Root counts as none.
 */
export function traceIdFor(incoming: string | null, nowMs: number, ids: Ids): string {
  const given = incoming?.trim() ?? "";
  const root = /(?:^|;)\s*Root=([^;\s]+)/.exec(given)?.[1];
  if (!root) {
    const seconds = Math.floor(nowMs / 1000)
      .toString(16)
      .padStart(8, "0");
    return `Root=1-${seconds}-${ids.hex(24)}`;
  }
  const parent = /(?:^|;)\s*Parent=([^;\s]+)/.exec(given)?.[1] ?? ids.hex(16);
  const sampled = /(?:^|;)\s*Sampled=([^;\s]+)/.exec(given)?.[1] ?? "0";
  return `Root=${root};Parent=${parent};Sampled=${sampled}`;
}
