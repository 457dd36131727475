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
});
