/** Upper ends, in ms, of the latency histogram's buckets; one more bucket holds what is slower. */
export const LATENCY_BUCKETS_MS = [
  1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800, 1200, 2000, 3000, 5000, 8000, 12_000, 20_000,
  30_000,
] as const;

export const LATENCY_BUCKET_COUNT = LATENCY_BUCKETS_MS.length + 1;

/** The bucket a latency belongs into. */
export function latencyBucketOf(latencyMs: number): number {
  let low = 0;
  let high: number = LATENCY_BUCKETS_MS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (latencyMs <= (LATENCY_BUCKETS_MS[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * A quantile (0.5, 0.95 …) of a histogram in ms, linear within its bucket; 0 for an empty one. What lies in the
 * last, open bucket counts as its lower end. The true value (the least that the quantile's part of all values do not
 * exceed) lies in the same bucket: up to 30 s the estimate is off by less than the bucket is wide, that is 1 ms up to
 * 3 ms and two thirds of the true value above, whatever was added up from whichever gateways and minutes.
 */
export function latencyQuantile(counts: readonly number[], quantile: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let rank = quantile * total;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    const lower = i === 0 ? 0 : (LATENCY_BUCKETS_MS[i - 1] as number);
    const upper = LATENCY_BUCKETS_MS[i];
    if (rank <= count && count > 0)
      return upper === undefined ? lower : lower + ((upper - lower) * rank) / count;
    rank -= count;
  }
  return LATENCY_BUCKETS_MS[LATENCY_BUCKETS_MS.length - 1] as number;
}
