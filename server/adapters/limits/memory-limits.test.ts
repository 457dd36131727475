import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KnownKey, LimitedRoute, LimitRefusal, PlanLimits } from "@/server/gateway/ports";
import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import { MemoryLimits } from "./memory-limits";
import type { UsageDelta } from "./plan-use";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 10, 25);

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

function routeOf(methodKey: string, throttle: Throttle | null = null): LimitedRoute {
  return { apiId: "api", stageName: "prod", methodKey, bucketKey: `api/prod${methodKey}`, throttle };
}
const A = routeOf("/a/GET");
const B = routeOf("/b/GET");

function keyWith(plan: Partial<PlanLimits>, id = "k"): KnownKey {
  return {
    id,
    name: id,
    customerId: null,
    plan: { planId: "p", throttle: null, methodThrottles: {}, quota: null, joinedAtMs: 0, ...plan },
  };
}

const notes = () => ({ shadowRefusals: null as LimitRefusal[] | null });
/** Without a ledger every answer is there at once. */
const ask = (limits: MemoryLimits, route: LimitedRoute, key: KnownKey | null = null) =>
  (limits.admit(route, key, notes()) as LimitRefusal | null)?.limit ?? "admitted";

describe("MemoryLimits", () => {
  it("admits a burst and tells which limit refused the next request, and when to come again", () => {
    const limits = new MemoryLimits(handClock());
    const key = keyWith({ throttle: { rateLimit: 2, burstLimit: 2 } });
    expect([ask(limits, A, key), ask(limits, A, key)]).toEqual(["admitted", "admitted"]);
    expect(limits.admit(A, key, notes())).toEqual({
      limit: "plan",
      type: "THROTTLED",
      subject: "key k in plan p",
      value: "2 requests/s, burst 2",
      retryAfterMs: 500,
    });
  });

  it("asks in AWS's order: the plan's limit of the method, the plan's, the stage's of the method, the account's", () => {
    const one = { rateLimit: 0, burstLimit: 1 };
    const limits = new MemoryLimits(handClock(), { accountThrottle: { rateLimit: 0, burstLimit: 4 } });
    const all = keyWith({ throttle: { rateLimit: 0, burstLimit: 2 }, methodThrottles: { "/a/GET": one } });
    const throttled = routeOf("/a/GET", { rateLimit: 0, burstLimit: 3 });
    expect(ask(limits, throttled, all)).toBe("admitted");
    expect(ask(limits, throttled, all)).toBe("plan-method");
    expect(ask(limits, B, all)).toBe("admitted");
    expect(ask(limits, throttled, keyWith({ throttle: { rateLimit: 0, burstLimit: 2 } }))).toBe("plan");
    expect([ask(limits, throttled), ask(limits, throttled)]).toEqual(["admitted", "admitted"]);
    expect(ask(limits, throttled)).toBe("method");
    expect(ask(limits, A)).toBe("account");
  });

  it("takes nothing from any limit for a request that one of them refuses", () => {
    const clock = handClock();
    const limits = new MemoryLimits(clock);
    const key = keyWith({
      throttle: { rateLimit: 0, burstLimit: 3 },
      quota: { limit: 3, offset: 0, period: "DAY" },
    });
    const slow = routeOf("/a/GET", { rateLimit: 1, burstLimit: 1 });
    expect(ask(limits, slow, key)).toBe("admitted");
    for (let i = 0; i < 10; i++) expect(ask(limits, slow, key)).toBe("method");
    expect([ask(limits, B, key), ask(limits, B, key)]).toEqual(["admitted", "admitted"]);
    expect(ask(limits, B, key)).toBe("plan");
    expect(limits.takeDeltas(1)).toMatchObject([{ used: 3, quotas: [{ extra: 3 }] }]);
  });

  it("gives each key, and each method of a stage, a bucket of its own", () => {
    const limits = new MemoryLimits(handClock());
    const throttle = { rateLimit: 1, burstLimit: 1 };
    expect(ask(limits, A, keyWith({ throttle }, "a"))).toBe("admitted");
    expect(ask(limits, A, keyWith({ throttle }, "b"))).toBe("admitted");
    expect(ask(limits, A, keyWith({ throttle }, "a"))).toBe("plan");
    expect(ask(limits, routeOf("/x/GET", throttle))).toBe("admitted");
    expect(ask(limits, routeOf("/y/GET", throttle))).toBe("admitted");
    expect(ask(limits, routeOf("/x/GET", throttle))).toBe("method");
  });

  it("goes on counting when a plan's limits change", () => {
    const limits = new MemoryLimits(handClock());
    const plan = (burstLimit: number, limit: number) =>
      keyWith({ throttle: { rateLimit: 0, burstLimit }, quota: { limit, offset: 0, period: "DAY" } });
    for (let i = 0; i < 3; i++) expect(ask(limits, A, plan(3, 10))).toBe("admitted");
    expect(ask(limits, A, plan(3, 10))).toBe("plan");
    expect(ask(limits, A, plan(5, 4))).toBe("admitted");
    expect(ask(limits, A, plan(50, 4))).toBe("quota");
    expect(ask(limits, A, plan(50, 5))).toBe("admitted");
  });

  it("refuses nothing in shadow mode, and tells what it would have refused", () => {
    const limits = new MemoryLimits(handClock(), {
      accountThrottle: { rateLimit: 0, burstLimit: 3, shadow: true },
    });
    const shadow = { rateLimit: 0, burstLimit: 1, shadow: true };
    const key = keyWith({
      throttle: shadow,
      methodThrottles: { "/a/GET": shadow },
      quota: { limit: 2, offset: 0, period: "DAY", shadow: true },
    });
    const route = routeOf("/a/GET", { ...shadow, burstLimit: 2 });
    const told = Array.from({ length: 4 }, () => {
      const seen = notes();
      expect(limits.admit(route, key, seen)).toBeNull();
      return seen.shadowRefusals?.map((refusal) => refusal.limit) ?? [];
    });
    expect(told).toEqual([
      [],
      ["plan-method", "plan"],
      ["plan-method", "plan", "method", "quota"],
      ["plan-method", "plan", "method", "account", "quota"],
    ]);
    expect(limits.counts.shadowed).toEqual({ "plan-method": 3, plan: 3, method: 2, account: 1, quota: 2 });
    expect(limits.counts.takeShadowLines()).toContainEqual({
      limit: "plan",
      subject: "key k in plan p",
      value: "0 requests/s, burst 1",
      count: 3,
    });
    expect(limits.takeDeltas(1)).toMatchObject([{ used: 4, shadowed: 3, throttled: 0 }]);
  });

  it("tells what is left of each limit that can refuse", () => {
    const limits = new MemoryLimits(handClock());
    const key = keyWith({
      throttle: { rateLimit: 2, burstLimit: 10 },
      quota: { limit: 100, offset: 0, period: "DAY" },
    });
    ask(limits, A, key);
    expect(limits.status(A, key)).toEqual([
      { limit: "plan", quota: 10, windowSeconds: 5, remaining: 9, resetSeconds: 1 },
      { limit: "quota", quota: 100, windowSeconds: 86_400, remaining: 99, resetSeconds: 86_400 },
    ]);
    expect(limits.status(A, null)).toEqual([]);
  });

  it("never admits more than the quota in a period, however requests, flushes and failures are mixed", () => {
    const event = fc.oneof(
      fc.constant({ kind: "request" as const, gapMs: 0 }),
      fc.record({ kind: fc.constant("wait" as const), gapMs: fc.integer({ min: 1, max: DAY_MS / 2 }) }),
      fc.constant({ kind: "flush" as const, gapMs: 0 }),
      fc.constant({ kind: "failing flush" as const, gapMs: 0 }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(event, { maxLength: 80 }), (limit, events) => {
        const clock = handClock();
        const limits = new MemoryLimits(clock);
        const key = keyWith({ quota: { limit, offset: 0, period: "DAY" } });
        const stored = new Map<number, number>();
        const admitted = new Map<number, number>();
        let underWay: UsageDelta[] = [];
        const flush = () => {
          store(limits, underWay, stored);
          underWay = [];
          store(limits, limits.takeDeltas(1), stored);
        };
        for (const { kind, gapMs } of events) {
          clock.advance(gapMs);
          const dayMs = Math.floor(clock.nowMs() / DAY_MS) * DAY_MS;
          if (kind === "request" && ask(limits, A, key) === "admitted") {
            admitted.set(dayMs, (admitted.get(dayMs) ?? 0) + 1);
          }
          // What could not be stored is stored first the next time, as it was.
          if (kind === "failing flush" && underWay.length === 0) underWay = limits.takeDeltas(1);
          if (kind === "flush") flush();
          expect(admitted.get(dayMs) ?? 0).toBeLessThanOrEqual(limit);
        }
        flush();
        expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(admitted));
      }),
    );
  });

  it("counts what other gateways used once the database has said so", () => {
    const limits = new MemoryLimits(handClock());
    const key = keyWith({ quota: { limit: 5, offset: 0, period: "DAY", mode: "fast" } });
    expect(ask(limits, A, key)).toBe("admitted");
    limits.takeDeltas(1);
    limits.learn("p", "k", { startMs: START, used: 5 });
    expect(ask(limits, A, key)).toBe("quota");
  });

  it("does not count refused requests as used", () => {
    const limits = new MemoryLimits(handClock());
    const key = keyWith({ throttle: { rateLimit: 0, burstLimit: 1 } });
    for (let i = 0; i < 3; i++) ask(limits, A, key);
    expect(limits.takeDeltas(1)).toMatchObject([{ used: 1, throttled: 2 }]);
    expect(limits.takeDeltas(1)).toEqual([]);
  });
});

function store(limits: MemoryLimits, deltas: readonly UsageDelta[], stored: Map<number, number>): void {
  for (const { quotas } of deltas) {
    for (const { startMs, spent, extra } of quotas) {
      stored.set(startMs, (stored.get(startMs) ?? 0) + spent + extra);
      limits.learn("p", "k", { startMs, used: stored.get(startMs) ?? 0 });
    }
  }
}
