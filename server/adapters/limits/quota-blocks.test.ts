import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KnownKey, LimitedRoute, LimitRefusal } from "@/server/gateway/ports";
import { MemoryLimits } from "./memory-limits";
import type { QuotaLedger } from "./quota-ledger";

const START = Date.UTC(2026, 10, 25);
const route: LimitedRoute = {
  apiId: "api",
  stageName: "prod",
  methodKey: "/a/GET",
  bucketKey: "api/prod/a/GET",
  throttle: null,
};

function keyWith(limit: number): KnownKey {
  const quota = { limit, offset: 0, period: "MONTH" as const };
  const plan = { planId: "p", throttle: null, methodThrottles: {}, quota, joinedAtMs: 0 };
  return { id: "k", name: "k", customerId: null, plan };
}

/** One counter with the arithmetic of the database's statements. */
class FakeLedger implements QuotaLedger {
  used = 0;
  reserved = 0;
  isAway = false;
  asked = 0;

  async reserve(asks: Parameters<QuotaLedger["reserve"]>[0]) {
    this.asked++;
    if (this.isAway) throw new Error("away");
    return asks.map(({ limit, wanted, waiting }) => {
      const free = Math.max(0, limit - this.used - this.reserved);
      const granted = Math.min(free, Math.max(waiting, Math.min(wanted, Math.floor(free / 16))));
      this.reserved += granted;
      return { granted, free: free - granted, reserved: this.reserved };
    });
  }

  async giveBack(returns: Parameters<QuotaLedger["giveBack"]>[0]) {
    for (const { count } of returns) this.reserved -= count;
  }

  flush(node: MemoryLimits, isLast = false): void {
    for (const { quotas } of node.takeDeltas()) {
      for (const { spent, extra } of quotas) {
        this.used += spent + extra;
        this.reserved -= spent;
      }
    }
    void this.giveBack(node.takeReturns(isLast));
  }
}

function world(limit: number, withoutLedger?: "refuse" | "admit") {
  let nowMs = START;
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  const ledger = new FakeLedger();
  const key = keyWith(limit);
  return {
    ledger,
    advance: (ms: number) => {
      nowMs += ms;
    },
    node: () => new MemoryLimits(clock, { ledger, withoutLedger }),
    ask: async (node: MemoryLimits, about = key): Promise<LimitRefusal | null> =>
      node.admit(route, about, { shadowRefusals: null }),
  };
}

describe("a strict quota in blocks", () => {
  it("is never passed and never lost, however requests, flushes and failures are mixed; a kill loses what it held", async () => {
    const node = fc.integer({ min: 0, max: 2 });
    const event = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          kind: fc.constant("requests" as const),
          node,
          count: fc.integer({ min: 1, max: 40 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant("flush" as const),
          node,
          count: fc.integer({ min: 0, max: 3_000 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant("kill" as const), node, count: fc.constant(0) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant("away" as const), node, count: fc.constant(0) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.array(event, { maxLength: 30 }),
        async (limit, events) => {
          const { ledger, node: start, ask, advance } = world(limit);
          const nodes = [start(), start(), start()];
          let admitted = 0;
          let hasKilled = false;
          for (const { kind, node: index, count } of events) {
            const chosen = nodes[index] as MemoryLimits;
            if (kind === "requests") {
              const answers = await Promise.all(Array.from({ length: count }, () => ask(chosen)));
              admitted += answers.filter((refusal) => refusal === null).length;
            } else if (kind === "flush") {
              advance(count);
              ledger.flush(chosen);
            } else if (kind === "kill") {
              nodes[index] = start();
              hasKilled = true;
            } else {
              ledger.isAway = !ledger.isAway;
              advance(1_100);
            }
            expect(admitted).toBeLessThanOrEqual(limit);
            expect(ledger.used + ledger.reserved).toBeLessThanOrEqual(limit);
          }
          for (const one of nodes) ledger.flush(one, true);
          if (hasKilled) expect(ledger.used + ledger.reserved).toBeGreaterThanOrEqual(admitted);
          else expect([ledger.used, ledger.reserved]).toEqual([admitted, 0]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is used up to the last request, whichever gateway it comes to", async () => {
    const { ledger, node, ask, advance } = world(100);
    const [a, b] = [node(), node()];
    let admitted = 0;
    for (let i = 0; i < 400 && admitted < 100; i++) {
      if ((await ask(i % 3 ? a : b)) === null) admitted++;
      if (i % 10 === 0) {
        advance(1_000);
        ledger.flush(a);
        ledger.flush(b);
      }
    }
    expect(admitted).toBe(100);
    expect((await ask(a))?.type).toBe("QUOTA_EXCEEDED");
  });

  it("asks the database once for many requests, and answers at once while a part is at hand", async () => {
    const { ledger, node, ask } = world(1_000_000);
    const one = node();
    await Promise.all(Array.from({ length: 64 }, () => ask(one)));
    expect(ledger.asked).toBe(1);
    await ask(one);
    expect(one.admit(route, keyWith(1_000_000), { shadowRefusals: null })).toBeNull();
  });

  it("without the database goes on with what is at hand and then refuses, or lets through if told to", async () => {
    for (const mode of ["refuse", "admit"] as const) {
      const { ledger, node, ask, advance } = world(1_000, mode);
      const one = node();
      expect(await ask(one)).toBeNull();
      ledger.isAway = true;
      const answers = [];
      for (let i = 0; i < 20; i++) answers.push((await ask(one))?.type ?? "admitted");
      expect(answers[0]).toBe("admitted");
      expect(answers.at(-1)).toBe(mode === "admit" ? "admitted" : "THROTTLED");
      ledger.isAway = false;
      advance(1_100);
      expect(await ask(one)).toBeNull();
      ledger.flush(one, true);
      expect(ledger.used).toBe(answers.filter((answer) => answer === "admitted").length + 2);
    }
  });

  it("gives back what rests, and lets a key in again as soon as its counter was set", async () => {
    const { ledger, node, ask, advance } = world(10);
    const one = node();
    for (let i = 0; i < 10; i++) expect(await ask(one)).toBeNull();
    expect((await ask(one))?.type).toBe("QUOTA_EXCEEDED");
    ledger.flush(one);
    ledger.used = 8;
    one.settle("p", "k", { startMs: Date.UTC(2026, 10, 1), used: 8 });
    expect([await ask(one), await ask(one)]).toEqual([null, null]);
    expect((await ask(one))?.type).toBe("QUOTA_EXCEEDED");
    const rich = world(1_000_000);
    const resting = rich.node();
    await rich.ask(resting);
    rich.advance(2_500);
    rich.ledger.flush(resting);
    expect([rich.ledger.used, rich.ledger.reserved]).toEqual([1, 0]);
    advance(0);
  });

  it("takes over another limit at once, and gives back what was reserved under the one before", async () => {
    const { ledger, node, ask } = world(1_000);
    const one = node();
    for (let i = 0; i < 5; i++) await ask(one);
    expect((await ask(one, keyWith(5)))?.type).toBe("QUOTA_EXCEEDED");
    ledger.flush(one);
    expect(ledger.reserved).toBe(0);
  });
});
