import type { Pool } from "pg";

export type MetricIncrement = {
  apiId: string;
  stage: string;
  route: string;
  minuteMs: number;
  count: number;
  errors4xx: number;
  errors5xx: number;
  latencySumMs: number;
  integrationSumMs: number;
  cacheHits: number;
  cacheMisses: number;
  buckets: number[];
};

/** Adds to the minutes' rows; histograms are added bucket by bucket. */
export async function addMetricMinutes(pool: Pool, rows: readonly MetricIncrement[]): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(
    `INSERT INTO "MetricMinute" AS m
       ("apiId", stage, route, minute, count, "errors4xx", "errors5xx", "latencySumMs", "integrationSumMs", "cacheHits",
        "cacheMisses", buckets)
     SELECT api, stage, route, to_timestamp(minute / 1000.0) AT TIME ZONE 'UTC', count, e4, e5, latency, integration, hits, misses,
       buckets
     FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::int[], $6::int[], $7::int[], $8::float8[], $9::float8[],
       $10::int[], $11::int[], $12::jsonb[])
       AS t(api, stage, route, minute, count, e4, e5, latency, integration, hits, misses, buckets)
     ON CONFLICT ("apiId", stage, route, minute) DO UPDATE SET
       count = m.count + EXCLUDED.count,
       "errors4xx" = m."errors4xx" + EXCLUDED."errors4xx",
       "errors5xx" = m."errors5xx" + EXCLUDED."errors5xx",
       "latencySumMs" = m."latencySumMs" + EXCLUDED."latencySumMs",
       "integrationSumMs" = m."integrationSumMs" + EXCLUDED."integrationSumMs",
       "cacheHits" = m."cacheHits" + EXCLUDED."cacheHits",
       "cacheMisses" = m."cacheMisses" + EXCLUDED."cacheMisses",
       buckets = (
         SELECT jsonb_agg(COALESCE(a.n::text::int, 0) + COALESCE(b.n::text::int, 0) ORDER BY COALESCE(a.i, b.i))
         FROM jsonb_array_elements(m.buckets) WITH ORDINALITY AS a(n, i)
         FULL JOIN jsonb_array_elements(EXCLUDED.buckets) WITH ORDINALITY AS b(n, i) ON a.i = b.i
       )`,
    [
      rows.map((r) => r.apiId),
      rows.map((r) => r.stage),
      rows.map((r) => r.route),
      rows.map((r) => r.minuteMs),
      rows.map((r) => r.count),
      rows.map((r) => r.errors4xx),
      rows.map((r) => r.errors5xx),
      rows.map((r) => r.latencySumMs),
      rows.map((r) => r.integrationSumMs),
      rows.map((r) => r.cacheHits),
      rows.map((r) => r.cacheMisses),
      rows.map((r) => JSON.stringify(r.buckets)),
    ],
  );
}
