import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KnownKey, PlanLimits } from "@/server/gateway/ports";
import { MemoryUsageLimiter } from "./usage-limiter";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 10, 25);
const stage = { apiId: "api", stageName: "prod" };

function handClock() {
  let nowMs = START;
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
}

function keyWith(plan: Partial<PlanLimits>, id = "k"): KnownKey {
  return {
    id,
    name: id,
    customerId: null,
    plan: { planId: "p", throttle: null, methodThrottles: {}, quota: null, joinedAtMs: 0, ...plan },
  };
}

describe("MemoryUsageLimiter", () => {
  it("admits a burst and refuses the next request", () => {
    const limiter = new MemoryUsageLimiter(handClock());
    const key = keyWith({ throttle: { rateLimit: 1, burstLimit: 2 } });
    expect([1, 2, 3].map(() => limiter.admit(key, stage, "/a/GET"))).toEqual([
      "admitted",
      "admitted",
      "throttled",
    ]);
  });

  it("gives each key a bucket of its own", () => {
    const limiter = new MemoryUsageLimiter(handClock());
    const throttle = { rateLimit: 1, burstLimit: 1 };
    expect(limiter.admit(keyWith({ throttle }, "a"), stage, "/a/GET")).toBe("admitted");
    expect(limiter.admit(keyWith({ throttle }, "b"), stage, "/a/GET")).toBe("admitted");
    expect(limiter.admit(keyWith({ throttle }, "a"), stage, "/a/GET")).toBe("throttled");
  });

  it("asks the method's own limits first", () => {
    const limiter = new MemoryUsageLimiter(handClock());
    const key = keyWith({ methodThrottles: { "/a/GET": { rateLimit: 1, burstLimit: 1 } } });
    expect(limiter.admit(key, stage, "/a/GET")).toBe("admitted");
    expect(limiter.admit(key, stage, "/a/GET")).toBe("throttled");
    expect(limiter.admit(key, stage, "/b/GET")).toBe("admitted");
  });

  it("never admits more than the quota in a period, however requests, flushes and restarts are mixed", () => {
    const event = fc.oneof(
      fc.constant({ kind: "request" as const, gapMs: 0 }),
      fc.record({ kind: fc.constant("wait" as const), gapMs: fc.integer({ min: 1, max: DAY_MS / 2 }) }),
      fc.constant({ kind: "flush" as const, gapMs: 0 }),
      fc.constant({ kind: "failing flush" as const, gapMs: 0 }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(event, { maxLength: 80 }), (limit, events) => {
        const clock = handClock();
        const limiter = new MemoryUsageLimiter(clock);
        const key = keyWith({ quota: { limit, offset: 0, period: "DAY" } });
        const stored = new Map<number, number>();
        const admitted = new Map<number, number>();
        for (const { kind, gapMs } of events) {
          clock.advance(gapMs);
          const dayMs = Math.floor(clock.nowMs() / DAY_MS) * DAY_MS;
          if (kind === "request" && limiter.admit(key, stage, "/a/GET") === "admitted") {
            admitted.set(dayMs, (admitted.get(dayMs) ?? 0) + 1);
          }
          if (kind === "failing flush") limiter.restore(limiter.takeDeltas());
          if (kind === "flush") store(limiter, stored);
          expect(admitted.get(dayMs) ?? 0).toBeLessThanOrEqual(limit);
        }
        store(limiter, stored);
        expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(admitted));
      }),
    );
  });

  it("does not give the quota back after a restart", () => {
    const limiter = new MemoryUsageLimiter(handClock());
    limiter.settle("p", "k", { startMs: START, used: 5 });
    expect(limiter.admit(keyWith({ quota: { limit: 5, offset: 0, period: "DAY" } }), stage, "/a/GET")).toBe(
      "quota-exceeded",
    );
  });

  it("counts what other nodes used once the database has said so", () => {
    const limiter = new MemoryUsageLimiter(handClock());
    const key = keyWith({ quota: { limit: 5, offset: 0, period: "DAY" } });
    expect(limiter.admit(key, stage, "/a/GET")).toBe("admitted");
    limiter.takeDeltas();
    limiter.settle("p", "k", { startMs: START, used: 5 });
    expect(limiter.admit(key, stage, "/a/GET")).toBe("quota-exceeded");
  });

  it("does not count refused requests as used", () => {
    const limiter = new MemoryUsageLimiter(handClock());
    const key = keyWith({ throttle: { rateLimit: 0, burstLimit: 1 } });
    for (let i = 0; i < 3; i++) limiter.admit(key, stage, "/a/GET");
    expect(limiter.takeDeltas()).toMatchObject([{ used: 1, throttled: 2 }]);
    expect(limiter.takeDeltas()).toEqual([]);
  });
});

function store(limiter: MemoryUsageLimiter, stored: Map<number, number>): void {
  for (const { periodStartMs, used } of limiter.takeDeltas()) {
    if (periodStartMs === null) continue;
    stored.set(periodStartMs, (stored.get(periodStartMs) ?? 0) + used);
    if (used === 0) stored.delete(periodStartMs);
    limiter.settle("p", "k", { startMs: periodStartMs, used: stored.get(periodStartMs) ?? 0 });
  }
}
