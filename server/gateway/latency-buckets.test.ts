import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  LATENCY_BUCKET_COUNT,
  LATENCY_BUCKETS_MS,
  latencyBucketOf,
  latencyQuantile,
} from "./latency-buckets";

describe("the latency histogram", () => {
  it("puts a latency into the first bucket whose end it does not exceed", () => {
    expect([0, 1, 1.01, 30_000, 30_001].map(latencyBucketOf)).toEqual([
      0,
      0,
      1,
      LATENCY_BUCKETS_MS.length - 1,
      LATENCY_BUCKET_COUNT - 1,
    ]);
  });

  it("gives quantiles within the bucket they lie in, 0 for nothing, the last end for what is slower", () => {
    const counts = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
    expect(latencyQuantile(counts, 0.5)).toBe(0);
    counts[latencyBucketOf(10)] = 4;
    expect(latencyQuantile(counts, 0.5)).toBe(10);
    counts[LATENCY_BUCKET_COUNT - 1] = 100;
    expect(latencyQuantile(counts, 0.99)).toBe(30_000);
  });

  it("is off by less than 1 ms up to 3 ms and by less than two thirds above, added up from any parts", () => {
    const latency = fc.double({ min: 0, max: 30_000, noNaN: true });
    const parts = fc.array(fc.array(latency, { minLength: 1 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(parts, fc.constantFrom(0.5, 0.9, 0.95, 0.99), (lists, quantile) => {
        const counts = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
        for (const value of lists.flat())
          counts[latencyBucketOf(value)] = (counts[latencyBucketOf(value)] ?? 0) + 1;
        const sorted = lists.flat().sort((a, b) => a - b);
        const truth = sorted[Math.ceil(quantile * sorted.length) - 1] ?? 0;
        const error = Math.abs(latencyQuantile(counts, quantile) - truth);
        expect(error).toBeLessThanOrEqual(truth <= 3 ? 1 : (truth * 2) / 3);
      }),
    );
  });
});
