import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Gcra } from "./gcra";

// `GATEHOUSE_PROPERTY_RUNS=100000` is the full run.
const runs = Number(process.env.GATEHOUSE_PROPERTY_RUNS ?? 3_000);
const EPSILON = 0.01;

type Schedule = { burst: number; rate: number; times: number[]; isAdmitted: boolean[] };

function play(burst: number, rate: number, gapsMs: readonly number[], startMs = 0): Schedule {
  const bucket = new Gcra();
  const times: number[] = [];
  const isAdmitted: boolean[] = [];
  let nowMs = startMs;
  for (const gapMs of gapsMs) {
    nowMs += gapMs;
    times.push(nowMs);
    const admits = bucket.waitMs(nowMs, rate, burst) === 0;
    if (admits) bucket.take(nowMs, rate);
    isAdmitted.push(admits);
  }
  return { burst, rate, times, isAdmitted };
}

const seconds = (times: readonly number[], from: number, to: number) =>
  ((times[to] as number) - (times[from] as number)) / 1000;

const rate = fc.oneof(fc.double({ min: 0, max: 50, noNaN: true }), fc.constantFrom(0, 1, 1 / 3, 7, 1000));
const gap = fc.oneof(fc.double({ min: 0, max: 400, noNaN: true }), fc.constantFrom(0, 0, 0, 1, 5_000));
const gaps = fc.array(gap, { maxLength: 60 });
const start = fc.constantFrom(0, 1e6, 3e8);

describe("GCRA", () => {
  it("admits at most burst + rate·T in any interval, and refuses only what would break that", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), rate, gaps, start, (burst, perSecond, gapsMs, startMs) => {
        const { times, isAdmitted } = play(burst, perSecond, gapsMs, startMs);
        for (let to = 0; to < times.length; to++) {
          let admitted = 0;
          let wouldBreak = burst < 1;
          for (let from = to; from >= 0; from--) {
            if (isAdmitted[from]) admitted++;
            const bound = burst + perSecond * seconds(times, from, to);
            if (admitted > bound + EPSILON) return false;
            // Counted as one more, had it been admitted.
            if (!isAdmitted[to] && admitted + 1 > bound - EPSILON) wouldBreak = true;
          }
          if (!isAdmitted[to] && !wouldBreak) return false;
        }
        return true;
      }),
      { numRuns: runs },
    );
  });

  it("admits at least min(offered, rate·T) − 1 in any interval of a client that keeps a steady pace", () => {
    const steady = fc.record({
      burst: fc.integer({ min: 2, max: 20 }),
      perSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
      paceMs: fc.double({ min: 0.5, max: 400, noNaN: true }),
      count: fc.integer({ min: 1, max: 80 }),
    });
    fc.assert(
      fc.property(steady, ({ burst, perSecond, paceMs, count }) => {
        const { times, isAdmitted } = play(burst, perSecond, new Array<number>(count).fill(paceMs));
        return everyInterval(times, (from, to) => {
          const owed = Math.min(to - from + 1, perSecond * seconds(times, from, to)) - 1;
          return admittedIn(isAdmitted, from, to) >= owed - EPSILON;
        });
      }),
      { numRuns: runs },
    );
  });

  it("loses nothing of the rate while requests keep coming, in bursts as well", () => {
    // No pause is longer than (burst − 1) / rate: from the first refusal on the bucket is never full.
    const busy = fc.record({
      burst: fc.integer({ min: 2, max: 20 }),
      perSecond: fc.double({ min: 0.5, max: 50, noNaN: true }),
      parts: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), {
        maxLength: 60,
      }),
    });
    fc.assert(
      fc.property(busy, ({ burst, perSecond, parts }) => {
        const longestMs = (1000 * (burst - 1)) / perSecond;
        const { times, isAdmitted } = play(
          burst,
          perSecond,
          parts.map((part) => part * longestMs),
        );
        return everyInterval(times, (from, to) => {
          if (isAdmitted[from] || isAdmitted[to]) return true;
          return admittedIn(isAdmitted, from, to) >= perSecond * seconds(times, from, to) - 1 - EPSILON;
        });
      }),
      { numRuns: runs },
    );
  });

  it("keeps what was taken when its limits change, and never admits more than both limits allow together", () => {
    const limits = fc.record({
      rate: fc.double({ min: 0, max: 50, noNaN: true }),
      burst: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(limits, limits, gaps, gaps, (a, b, gapsBefore, gapsAfter) => {
        const bucket = new Gcra();
        let nowMs = 0;
        const count = (limit: { rate: number; burst: number }, gapsMs: number[]) =>
          gapsMs.filter((gapMs) => {
            nowMs += gapMs;
            if (bucket.waitMs(nowMs, limit.rate, limit.burst) > 0) return false;
            bucket.take(nowMs, limit.rate);
            return true;
          }).length;
        count(a, gapsBefore);
        const leftBefore = bucket.remaining(nowMs, a.rate, a.burst);
        bucket.changeLimits(nowMs, a, b);
        const changedAtMs = nowMs;
        // What the old bucket had lost, the new one lacks.
        const left = Math.max(0, b.burst - (a.burst - leftBefore)) + 1;
        const admitted = count(b, gapsAfter);
        return admitted <= left + (b.rate * (nowMs - changedAtMs)) / 1000 + EPSILON;
      }),
      { numRuns: Math.min(runs, 20_000) },
    );
  });

  it("admits burst at once and then one each 1/rate seconds", () => {
    const { isAdmitted } = play(3, 10, [0, 0, 0, 0, 99, 1]);
    expect(isAdmitted).toEqual([true, true, true, false, false, true]);
  });

  it("tells how long to wait, what is left, and when it is full", () => {
    const bucket = new Gcra();
    expect(bucket.remaining(0, 10, 2)).toBe(2);
    bucket.take(0, 10);
    bucket.take(0, 10);
    expect(bucket.remaining(0, 10, 2)).toBe(0);
    expect(bucket.waitMs(40, 10, 2)).toBeCloseTo(60);
    expect(bucket.fullInMs(40, 10)).toBeCloseTo(160);
    expect(bucket.fullInMs(500, 10)).toBe(0);
    expect(bucket.waitMs(500, 10, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it("gives its burst and then nothing for ever at a rate of nought, until the rate changes", () => {
    const { isAdmitted } = play(2, 0, [0, 0, 0, 1e9]);
    expect(isAdmitted).toEqual([true, true, false, false]);
    const bucket = new Gcra();
    bucket.take(0, 0);
    expect(bucket.waitMs(5, 0, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(bucket.fullInMs(5, 0)).toBe(Number.POSITIVE_INFINITY);
    bucket.changeLimits(10, { rate: 0 }, { rate: 10, burst: 1 });
    expect(bucket.waitMs(10, 10, 1)).toBeCloseTo(100);
    expect(bucket.waitMs(110, 10, 1)).toBe(0);
  });

  it("does not lose or gain requests when the clock stands still or goes back", () => {
    const { isAdmitted } = play(1, 1000, [0, -500, 400], 1000);
    expect(isAdmitted).toEqual([true, false, false]);
  });
});

function everyInterval(times: readonly number[], holds: (from: number, to: number) => boolean): boolean {
  for (let from = 0; from < times.length; from++) {
    for (let to = from; to < times.length; to++) if (!holds(from, to)) return false;
  }
  return true;
}

function admittedIn(isAdmitted: readonly boolean[], from: number, to: number): number {
  let admitted = 0;
  for (let i = from; i <= to; i++) if (isAdmitted[i]) admitted++;
  return admitted;
}
