import type { Ports } from "@/server/gateway/ports";

/** Ports for tests of the pure engine: a clock that is moved by hand, counted ids, everything admitted. */
export function fakePorts(overrides: Partial<Ports> = {}): Ports & { advance: (ms: number) => void } {
  let nowMs = Date.UTC(2026, 10, 25, 16, 7, 49);
  let count = 0;
  return {
    clock: { nowMs: () => nowMs, monotonicMs: () => nowMs },
    ids: {
      requestId: () => `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`,
      extendedRequestId: () => "AbCdEfGhIjKlMno=",
      hex: (digits) => "a".repeat(digits),
      fraction: () => 0.5,
    },
    upstream: {
      send: () => Promise.reject(new Error("this test has no back end")),
    },
    functions: {
      invoke: () => Promise.reject(new Error("this test has no functions")),
    },
    authorizerCache: { get: (_entry, make, read) => make().then(read) },
    tokens: { verify: async () => ({ outcome: "invalid", reason: "this test knows no tokens" }) },
    signatures: { verify: async () => ({ outcome: "missing", message: "Missing Authentication Token" }) },
    keys: { find: () => null },
    limits: { admit: () => null, status: () => [] },
    compression: {
      decompress: () => Promise.reject(new Error("no compression")),
      compress: () => Promise.reject(new Error("no compression")),
    },
    trace: null,
    accessLog: { write: () => undefined },
    metrics: { record: () => undefined },
    diagnostics: {
      unexpected: (error) => {
        throw error;
      },
    },
    advance: (ms) => {
      nowMs += ms;
    },
    ...overrides,
  };
}
