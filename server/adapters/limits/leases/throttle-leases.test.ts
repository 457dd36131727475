import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import { LEASE_MS, mostAhead, PATIENCE_MS } from "./lease-protocol";
import { type Held, ThrottleLeases } from "./throttle-leases";
import { ThrottlePool } from "./throttle-pool";

// `GATEHOUSE_PROPERTY_RUNS=100000` is the full run.
const runs = Number(process.env.GATEHOUSE_PROPERTY_RUNS ?? 400);
const EPSILON = 0.01;
/** One way, at most. */
const DELAY_MS = 5;

/** Time that passes from one event to the next, with what waits for it. */
class Simulation {
  nowMs = 0;
  /** The latest first. */
  readonly #events: { atMs: number; run: () => void }[] = [];

  at(atMs: number, run: () => void): void {
    let at = this.#events.length;
    while (at > 0 && (this.#events[at - 1] as { atMs: number }).atMs <= atMs) at--;
    this.#events.splice(at, 0, { atMs, run });
  }

  async play(): Promise<void> {
    for (let next = this.#events.pop(); next; next = this.#events.pop()) {
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
      for (let i = 0; i < 12; i++) await Promise.resolve();
    }
  }
}

type Outcome = { atMs: number; isAdmitted: boolean; unused: number };

/** Workers with a bucket each of the same name, and the primary, whose messages keep their order but take their time. */
function cluster(throttle: Throttle, workerCount: number, delaysMs: readonly number[]) {
  const simulation = new Simulation();
  const clock = { monotonicMs: () => simulation.nowMs };
  const pool = new ThrottlePool(clock);
  const outcomes: Outcome[] = [];
  let turn = 0;
  const delay = () => delaysMs[turn++ % delaysMs.length] ?? 0;
  /** Given and neither used nor known to be back; of that, on its way to requests that wait for it. */
  let outside = 0;
  let expected = 0;
  const workers = Array.from({ length: workerCount }, () => {
    const lastMs = { to: 0, from: 0 };
    const send = (way: "to" | "from", run: () => void) => {
      lastMs[way] = Math.max(lastMs[way], simulation.nowMs + delay());
      simulation.at(lastMs[way], run);
    };
    const leases = new ThrottleLeases(
      {
        take: (asks) =>
          new Promise((resolve) =>
            send("to", () => {
              const grants = pool.take(asks);
              const needed = grants.reduce((sum, grant) => sum + grant.needed, 0);
              for (const { ahead } of grants) outside += ahead;
              outside += needed;
              expected += needed;
              send("from", () => {
                expected -= needed;
                resolve(grants);
              });
            }),
          ),
        giveBack: (returns) =>
          send("to", () => {
            pool.giveBack(returns);
            for (const { needed, ahead } of returns) outside -= needed + ahead;
          }),
      },
      clock,
      (work, ms) => simulation.at(simulation.nowMs + ms, work),
    );
    const held: Held[] = [{ bucket: leases.bucket("b", throttle), throttle }];
    const decide = () => {
      const isAdmitted = held[0]?.bucket.waitMs() === 0;
      if (isAdmitted) {
        held[0]?.bucket.take();
        outside--;
      }
      outcomes.push({ atMs: simulation.nowMs, isAdmitted, unused: unused() });
      return null;
    };
    return { ask: () => void (leases.prepare(held, decide) ?? decide()) };
  });
  const unused = () => {
    const { rateLimit: rate, burstLimit: burst } = throttle;
    const [state] = pool.take([{ id: "b", rate, burst, shadow: false, need: 0, ahead: 0 }]);
    return burst - (state?.missing ?? 0) + outside - expected;
  };
  const askAt = (atMs: number, worker: number) =>
    simulation.at(atMs, () => workers[worker % workerCount]?.ask());
  return { simulation, askAt, outcomes };
}

const rate = fc.oneof(fc.double({ min: 0, max: 49, noNaN: true }), fc.constantFrom(0, 1, 100, 1_000, 10_000));
const schedule = fc.record({
  rate,
  burst: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(64, 200)),
  workerCount: fc.integer({ min: 1, max: 4 }),
  delaysMs: fc.array(fc.double({ min: 0, max: DELAY_MS, noNaN: true }), { minLength: 1, maxLength: 8 }),
  requests: fc.array(
    fc.record({
      gapMs: fc.oneof(fc.constantFrom(0, 0, 0, 0.1, 1, 16), fc.double({ min: 0, max: 60, noNaN: true })),
      count: fc.constantFrom(1, 1, 1, 5, 40),
      worker: fc.nat(3),
    }),
    { maxLength: 30 },
  ),
});

async function play(of: typeof schedule extends fc.Arbitrary<infer T> ? T : never): Promise<Outcome[]> {
  const throttle = { rateLimit: of.rate, burstLimit: of.burst };
  const { simulation, askAt, outcomes } = cluster(throttle, of.workerCount, of.delaysMs);
  let atMs = 0;
  for (const { gapMs, count, worker } of of.requests) {
    atMs += gapMs;
    for (let i = 0; i < count; i++) askAt(atMs, worker);
  }
  await simulation.play();
  return outcomes;
}

describe("throttles of several workers", () => {
  it("admit at most burst + rate·T in any interval, but for the 20 ms a lease lasts, however many workers there are", async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (given) => {
        const times = (await play(given)).filter((one) => one.isAdmitted).map((one) => one.atMs);
        times.sort((a, b) => a - b);
        for (let to = 0; to < times.length; to++) {
          for (let from = 0; from <= to; from++) {
            const lastedMs = (times[to] as number) - (times[from] as number) + LEASE_MS;
            if (to - from + 1 > given.burst + (given.rate * lastedMs) / 1000 + EPSILON) return false;
          }
        }
        return true;
      }),
      { numRuns: runs },
    );
  }, 600_000);

  it("refuse only when less than one is left, and of fast ones a quarter of the burst may lie with others", async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (given) => {
        const isFast = mostAhead(given.rate, given.burst) > 0;
        // What others gave back since the last answer is not known yet.
        const most = isFast ? given.burst / 2 + given.workerCount : 0;
        // And while the answer was on its way the bucket went on filling.
        const filled = (given.rate * DELAY_MS) / 1000;
        const refused = (await play(given)).filter((one) => !one.isAdmitted);
        return refused.every(({ unused }) => unused < 1 + most + filled + EPSILON);
      }),
      { numRuns: runs },
    );
  }, 600_000);

  it("answer every request", async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (given) => {
        const asked = given.requests.reduce((sum, { count }) => sum + count, 0);
        return (await play(given)).length === asked;
      }),
      { numRuns: Math.min(runs, 1_000) },
    );
  });

  it("let the whole rate through that is asked for, and ask the primary for few of the requests", async () => {
    const throttle = { rateLimit: 10_000, burstLimit: 5_000 };
    const { simulation, askAt, outcomes } = cluster(throttle, 2, [0.2]);
    // 9,600 a second, spread over both.
    for (let i = 4_800; i > 0; i--) askAt(i / 9.6, i);
    await simulation.play();
    expect(outcomes.filter((one) => !one.isAdmitted)).toEqual([]);
  });
});

describe("a worker's leases", () => {
  const throttle = { rateLimit: 10_000, burstLimit: 5_000 };
  const granting = () => {
    const asked: number[] = [];
    const returned: number[] = [];
    const clock = { nowMs: 0, monotonicMs: () => clock.nowMs };
    const pool = new ThrottlePool(clock);
    const later: (() => void)[] = [];
    const leases = new ThrottleLeases(
      {
        take: async (asks) => {
          asked.push(asks[0]?.ahead ?? 0);
          return pool.take(asks);
        },
        giveBack: (returns) => {
          pool.giveBack(returns);
          returned.push(...returns.map(({ needed, ahead }) => needed + ahead));
        },
      },
      clock,
      (work) => later.push(work),
    );
    const held = [{ bucket: leases.bucket("b", throttle), throttle }];
    const take = async () => {
      const wait = () => {
        const waitMs = held[0]?.bucket.waitMs();
        if (waitMs === 0) held[0]?.bucket.take();
        return waitMs;
      };
      return (await leases.prepare(held, wait)) ?? wait();
    };
    return { asked, returned, clock, later, take, held };
  };

  it("grow while they are used up, so that a busy worker seldom asks", async () => {
    const { asked, take } = granting();
    for (let i = 0; i < 1_000; i++) expect(await take()).toBe(0);
    expect(asked.length).toBeLessThan(25);
    expect(Math.max(...asked)).toBe(200);
  });

  it("go back when they are not used in time", async () => {
    const { returned, clock, later, take } = granting();
    for (let i = 0; i < 40; i++) await take();
    clock.nowMs += LEASE_MS + 1;
    for (const work of later.splice(0)) work();
    expect(returned.reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
  });

  it("refuse while the primary does not answer, and ask again a second later", async () => {
    const clock = { nowMs: 0, monotonicMs: () => clock.nowMs };
    let isSilent = true;
    const pool = new ThrottlePool(clock);
    const source = {
      take: async (asks: Parameters<ThrottlePool["take"]>[0]) => {
        if (isSilent) throw new Error("no answer");
        return pool.take(asks);
      },
      giveBack: () => undefined,
    };
    const leases = new ThrottleLeases(source, clock, () => undefined);
    const held = [{ bucket: leases.bucket("b", throttle), throttle }];
    const wait = () => held[0]?.bucket.waitMs();
    expect(await (leases.prepare(held, wait) ?? wait())).toBe(PATIENCE_MS);
    expect(leases.prepare(held, wait)).toBeNull();
    expect(wait()).toBe(PATIENCE_MS);
    isSilent = false;
    clock.nowMs += PATIENCE_MS;
    expect(await leases.prepare(held, wait)).toBe(0);
  });

  it("admit what several limits have room for, however slow the primary is", async () => {
    const clock = { nowMs: 0, monotonicMs: () => clock.nowMs };
    let answerMs = 0;
    const pool = new ThrottlePool(clock);
    const source = {
      take: async (asks: Parameters<ThrottlePool["take"]>[0]) => {
        clock.nowMs += answerMs;
        return pool.take(asks);
      },
      giveBack: pool.giveBack.bind(pool),
    };
    const leases = new ThrottleLeases(source, clock, () => undefined);
    const [busy, other] = ["busy", "other"].map((id) => ({ bucket: leases.bucket(id, throttle), throttle }));
    if (!busy || !other) throw new Error("two buckets");
    for (let i = 0; i < 20; i++)
      await (leases.prepare([busy], () => busy.bucket.take()) ?? busy.bucket.take());
    // What is leased of one is over before the other one's answer is here, and so on in turn.
    answerMs = LEASE_MS + 5;
    const both = [busy, other];
    const waits = () => both.map(({ bucket }) => bucket.waitMs());
    expect(await (leases.prepare(both, waits) ?? waits())).toEqual([0, 0]);
  });
});
