import type { Transaction } from "./client";

/** What is added up: of one API, from `fromMs` to before `toMs`; what is null does not matter. */
export type MetricScope = {
  apiId: string;
  stage: string | null;
  route: string | null;
  fromMs: number;
  toMs: number;
  /** Which table has it. */
  unit: "minute" | "hour";
};

export type MetricSums = {
  count: number;
  errors4xx: number;
  errors5xx: number;
  latencySumMs: number;
  integrationSumMs: number;
  cacheHits: number;
  cacheMisses: number;
  /** A histogram of latency, bucket by bucket. */
  buckets: number[];
};

export type KeyScope = Omit<MetricScope, "route"> & { planId: string | null; keyId: string | null };
export type KeySums = { count: number; errors4xx: number; errors5xx: number; throttled: number };

const TABLES = { minute: "MetricMinute", hour: "MetricHour" } as const;
const KEY_TABLES = { minute: "MetricKeyMinute", hour: "MetricKeyHour" } as const;
const SUMS = [
  "count",
  "errors4xx",
  "errors5xx",
  "latencySumMs",
  "integrationSumMs",
  "cacheHits",
  "cacheMisses",
];
const KEY_SUMS = ["count", "errors4xx", "errors5xx", "throttled"];

const quoted = (name: string) => `"${name}"`;
const sums = (names: readonly string[]) =>
  names.map((name) => `sum(${quoted(name)})::float8 AS ${quoted(name)}`).join(", ");
/** One sum per bucket: a tenth of the time that unnesting the arrays takes. */
const histogram = (length: number) =>
  `ARRAY[${Array.from({ length }, (_, i) => `COALESCE(sum(buckets[${i + 1}]), 0)`).join(", ")}]::float8[] AS buckets`;
const steps = (unit: MetricScope["unit"]) =>
  `extract(epoch FROM date_bin(make_interval(secs => $1::float8), ${unit}, timestamp 'epoch'))::float8 * 1000 AS "atMs"`;
const between = (unit: MetricScope["unit"], from: number) =>
  `${unit} >= to_timestamp($${from}::float8 / 1000) AT TIME ZONE 'UTC'
   AND ${unit} < to_timestamp($${from + 1}::float8 / 1000) AT TIME ZONE 'UTC'`;

/** Sums by steps of `stepMs`, those with requests. `bucketCount` is the length of the histograms. */
export function readMetricSteps(
  tx: Transaction,
  scope: MetricScope,
  { stepMs, bucketCount }: { stepMs: number; bucketCount: number },
): Promise<(MetricSums & { atMs: number })[]> {
  const { apiId, stage, route, fromMs, toMs, unit } = scope;
  return tx.$queryRawUnsafe(
    `SELECT ${steps(unit)}, ${sums(SUMS)}, ${histogram(bucketCount)} FROM "${TABLES[unit]}"
     WHERE "apiId" = $2 AND ${between(unit, 3)} AND ($5::text IS NULL OR stage = $5) AND ($6::text IS NULL OR route = $6)
     GROUP BY 1`,
    ...[stepMs / 1000, apiId, fromMs, toMs, stage, route],
  );
}

const HOUR_MS = 3_600_000;

/**
 * Sums by route; the scope's route does not matter. Whole hours are read from the hours' rows, of which there are sixty
 * times fewer, and only what is left at both ends from the minutes'.
 */
export function readMetricRoutes(
  tx: Transaction,
  { apiId, stage, fromMs, toMs }: MetricScope,
  { bucketCount, nowMs }: { bucketCount: number; nowMs: number },
): Promise<(MetricSums & { route: string })[]> {
  // The running hour's row has nothing that is later than now.
  const endMs = toMs >= nowMs ? Math.ceil(toMs / HOUR_MS) * HOUR_MS : toMs;
  const firstMs = Math.min(Math.ceil(fromMs / HOUR_MS) * HOUR_MS, endMs);
  const lastMs = Math.max(Math.floor(endMs / HOUR_MS) * HOUR_MS, firstMs);
  const columns = ["route", ...SUMS, "buckets"].map(quoted).join(", ");
  const where = `"apiId" = $1 AND ($2::text IS NULL OR stage = $2)`;
  return tx.$queryRawUnsafe(
    `SELECT route, ${sums(SUMS)}, ${histogram(bucketCount)} FROM (
       SELECT ${columns} FROM "MetricMinute" WHERE ${where} AND ${between("minute", 3)}
       UNION ALL SELECT ${columns} FROM "MetricHour" WHERE ${where} AND ${between("hour", 4)}
       UNION ALL SELECT ${columns} FROM "MetricMinute" WHERE ${where} AND ${between("minute", 5)}
     ) AS rows GROUP BY 1`,
    ...[apiId, stage, fromMs, firstMs, lastMs, endMs],
  );
}

/** As readMetricSteps, of requests with a key. */
export function readKeySteps(
  tx: Transaction,
  scope: KeyScope,
  stepMs: number,
): Promise<(KeySums & { atMs: number })[]> {
  const { apiId, stage, planId, keyId, fromMs, toMs, unit } = scope;
  return tx.$queryRawUnsafe(
    `SELECT ${steps(unit)}, ${sums(KEY_SUMS)} FROM "${KEY_TABLES[unit]}"
     WHERE "apiId" = $2 AND ${between(unit, 3)} AND ($5::text IS NULL OR stage = $5)
       AND ($6::text IS NULL OR "planId" = $6) AND ($7::text IS NULL OR "keyId" = $7)
     GROUP BY 1`,
    ...[stepMs / 1000, apiId, fromMs, toMs, stage, planId, keyId],
  );
}

/** Sums by plan and key, of the keys with the most requests. */
export function readTopKeys(
  tx: Transaction,
  { apiId, stage, fromMs, toMs, unit }: KeyScope,
  limit: number,
): Promise<(KeySums & { planId: string; keyId: string; keys: number })[]> {
  return tx.$queryRawUnsafe(
    `SELECT "planId", "keyId", ${sums(KEY_SUMS)}, (count(*) OVER ())::int AS keys FROM "${KEY_TABLES[unit]}"
     WHERE "apiId" = $1 AND ${between(unit, 2)} AND ($4::text IS NULL OR stage = $4)
     GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT $5`,
    ...[apiId, fromMs, toMs, stage, limit],
  );
}
