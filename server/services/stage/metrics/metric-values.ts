import type { KeySums, MetricSums } from "@/server/db/metric-reads";
import { latencyQuantile } from "@/server/gateway/latency-buckets";

/** Latencies in ms; null where there was no request, or where nobody counted them. */
export type MetricValues = {
  count: number;
  errors4xx: number;
  errors5xx: number;
  /** Refused by a limit; null where it is not counted (of methods). */
  throttled: number | null;
  /** Of requests for cached methods only. */
  cacheHits: number;
  cacheMisses: number;
  p50Ms: number | null;
  p90Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  averageMs: number | null;
  /** IntegrationLatency, on average over all requests. */
  integrationMs: number | null;
};

const NO_LATENCY = {
  p50Ms: null,
  p90Ms: null,
  p95Ms: null,
  p99Ms: null,
  averageMs: null,
  integrationMs: null,
} as const;

export function valuesOf(sums: MetricSums): MetricValues {
  const { count, errors4xx, errors5xx, cacheHits, cacheMisses, buckets } = sums;
  const counts = { count, errors4xx, errors5xx, throttled: null, cacheHits, cacheMisses };
  if (count === 0) return { ...counts, ...NO_LATENCY };
  const quantile = (of: number) => latencyQuantile(buckets, of);
  return {
    ...counts,
    p50Ms: quantile(0.5),
    p90Ms: quantile(0.9),
    p95Ms: quantile(0.95),
    p99Ms: quantile(0.99),
    averageMs: sums.latencySumMs / count,
    integrationMs: sums.integrationSumMs / count,
  };
}

export function keyValuesOf(sums: KeySums): MetricValues {
  const { count, errors4xx, errors5xx, throttled } = sums;
  return { count, errors4xx, errors5xx, throttled, cacheHits: 0, cacheMisses: 0, ...NO_LATENCY };
}

/** Sums of all rows; an empty histogram if there are none. */
export function totalOf(rows: readonly MetricSums[], bucketCount: number): MetricSums {
  const total: MetricSums = {
    count: 0,
    errors4xx: 0,
    errors5xx: 0,
    latencySumMs: 0,
    integrationSumMs: 0,
    cacheHits: 0,
    cacheMisses: 0,
    buckets: new Array<number>(bucketCount).fill(0),
  };
  for (const row of rows) {
    total.count += row.count;
    total.errors4xx += row.errors4xx;
    total.errors5xx += row.errors5xx;
    total.latencySumMs += row.latencySumMs;
    total.integrationSumMs += row.integrationSumMs;
    total.cacheHits += row.cacheHits;
    total.cacheMisses += row.cacheMisses;
    for (let i = 0; i < bucketCount; i++)
      total.buckets[i] = (total.buckets[i] as number) + (row.buckets[i] ?? 0);
  }
  return total;
}

export function totalOfKeys(rows: readonly KeySums[]): KeySums {
  const total = { count: 0, errors4xx: 0, errors5xx: 0, throttled: 0 };
  for (const row of rows) {
    total.count += row.count;
    total.errors4xx += row.errors4xx;
    total.errors5xx += row.errors5xx;
    total.throttled += row.throttled;
  }
  return total;
}
