import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TokenBucket } from "./token-bucket";

describe("TokenBucket", () => {
  it("admits at most burst + rate·T in any interval of T seconds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 120 }),
        (burst, rate, gapsMs) => {
          const bucket = new TokenBucket(burst, 0);
          const admitted: number[] = [];
          let nowMs = 0;
          for (const gapMs of gapsMs) {
            nowMs += gapMs;
            if (bucket.take(nowMs, rate, burst)) admitted.push(nowMs);
          }
          for (let from = 0; from < admitted.length; from++) {
            for (let to = from; to < admitted.length; to++) {
              const seconds = ((admitted[to] as number) - (admitted[from] as number)) / 1000;
              expect(to - from + 1).toBeLessThanOrEqual(burst + rate * seconds + 1e-6);
            }
          }
        },
      ),
    );
  });

  it("admits burst at once and then one each 1/rate seconds", () => {
    const bucket = new TokenBucket(3, 0);
    expect([1, 2, 3, 4].map(() => bucket.take(0, 10, 3))).toEqual([true, true, true, false]);
    expect(bucket.take(99, 10, 3)).toBe(false);
    expect(bucket.take(100, 10, 3)).toBe(true);
  });

  it("follows limits that change between calls", () => {
    const bucket = new TokenBucket(100, 0);
    expect(bucket.take(0, 1, 1)).toBe(true);
    expect(bucket.take(0, 1, 1)).toBe(false);
  });

  it("does not lose or gain tokens when the clock stands still or goes back", () => {
    const bucket = new TokenBucket(1, 1000);
    expect(bucket.take(500, 1000, 1)).toBe(true);
    expect(bucket.take(900, 1000, 1)).toBe(false);
  });

  it("takes a token back for a request that was refused elsewhere", () => {
    const bucket = new TokenBucket(1, 0);
    bucket.take(0, 0, 1);
    bucket.giveBack(1);
    expect(bucket.take(0, 0, 1)).toBe(true);
  });
});
