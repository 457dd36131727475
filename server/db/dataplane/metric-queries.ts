import type { Pool } from "pg";

/** What happened on one route in one minute. `buckets`: a histogram of latency (`server/gateway/latency-buckets.ts`). */
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

/** What one key did through its plan on one stage in one minute. Both ids are "" for keys beyond those that are named. */
export type KeyMetricIncrement = {
  apiId: string;
  stage: string;
  planId: string;
  keyId: string;
  minuteMs: number;
  count: number;
  errors4xx: number;
  errors5xx: number;
  /** Refused by a limit; they are among the 4xx. */
  throttled: number;
};

type Kind = {
  readonly names: readonly string[];
  readonly counts: readonly string[];
  readonly sums: readonly string[];
  readonly histograms: readonly string[];
};
const ROUTES: Kind = {
  names: ["apiId", "stage", "route"],
  counts: ["count", "errors4xx", "errors5xx", "cacheHits", "cacheMisses"],
  sums: ["latencySumMs", "integrationSumMs"],
  histograms: ["buckets"],
};
const KEYS: Kind = {
  names: ["apiId", "stage", "planId", "keyId"],
  counts: ["count", "errors4xx", "errors5xx", "throttled"],
  sums: [],
  histograms: [],
};

const HOUR_MS = 3_600_000;
const quoted = (name: string) => `"${name}"`;

/** Adds to the rows of minutes and of their hours, both or neither; histograms are added bucket by bucket. */
export async function addMetricMinutes(pool: Pool, rows: readonly MetricIncrement[]): Promise<void> {
  if (rows.length === 0) return;
  const hours = hoursOf(
    rows,
    ({ apiId, stage, route }) => `${apiId} ${stage} ${route}`,
    (hour, row) => {
      addFields(hour, row, [...ROUTES.counts, ...ROUTES.sums] as (keyof MetricIncrement)[]);
      hour.buckets = hour.buckets.map((count, i) => count + (row.buckets[i] ?? 0));
    },
  );
  await pool.query(ADD_ROUTES, [JSON.stringify(rows), JSON.stringify(hours)]);
}

/** As addMetricMinutes, for requests with a key. */
export async function addKeyMetrics(pool: Pool, rows: readonly KeyMetricIncrement[]): Promise<void> {
  if (rows.length === 0) return;
  const nameOf = (row: KeyMetricIncrement) => `${row.apiId} ${row.stage} ${row.planId} ${row.keyId}`;
  const hours = hoursOf(rows, nameOf, (hour, row) =>
    addFields(hour, row, KEYS.counts as (keyof KeyMetricIncrement)[]),
  );
  await pool.query(ADD_KEYS, [JSON.stringify(rows), JSON.stringify(hours)]);
}

function hoursOf<T extends { minuteMs: number }>(
  rows: readonly T[],
  nameOf: (row: T) => string,
  add: (hour: T, row: T) => void,
): T[] {
  const hours = new Map<string, T>();
  for (const row of rows) {
    const startMs = Math.floor(row.minuteMs / HOUR_MS) * HOUR_MS;
    const name = `${nameOf(row)} ${startMs}`;
    const hour = hours.get(name);
    if (hour) add(hour, row);
    else hours.set(name, { ...row, minuteMs: startMs });
  }
  return [...hours.values()];
}

function addFields<T>(to: T, from: T, fields: readonly (keyof T)[]): void {
  const numbers = to as Record<keyof T, number>;
  for (const field of fields) numbers[field] += from[field] as number;
}

const ADD_ROUTES = addStatement(ROUTES, "MetricMinute", "MetricHour");
const ADD_KEYS = addStatement(KEYS, "MetricKeyMinute", "MetricKeyHour");

/** One statement for both tables: a crash between two would count a minute that its hour does not have. */
function addStatement(kind: Kind, minutes: string, hours: string): string {
  return `WITH minutes AS (${insert(kind, { table: minutes, time: "minute", parameter: "$1" })})
    ${insert(kind, { table: hours, time: "hour", parameter: "$2" })}`;
}

/** Sorted, so that two gateways lock the same rows in the same order. */
function insert(
  { names, counts, sums, histograms }: Kind,
  { table, time, parameter }: { table: string; time: string; parameter: string },
): string {
  const list = (of: readonly string[]) => of.map(quoted).join(", ");
  const values = [...counts, ...sums, ...histograms];
  const typed = [
    ...names.map((name) => `${quoted(name)} text`),
    ...counts.map((name) => `${quoted(name)} int`),
    ...sums.map((name) => `${quoted(name)} float8`),
    ...histograms.map((name) => `${quoted(name)} int[]`),
  ];
  const added = [
    ...[...counts, ...sums].map((name) => `${quoted(name)} = t.${quoted(name)} + EXCLUDED.${quoted(name)}`),
    ...histograms.map(
      (name) => `${quoted(name)} = ARRAY(SELECT COALESCE(a, 0) + COALESCE(b, 0)
        FROM unnest(t.${quoted(name)}, EXCLUDED.${quoted(name)}) WITH ORDINALITY AS u(a, b, i) ORDER BY i)`,
    ),
  ];
  return `INSERT INTO "${table}" AS t (${list(names)}, ${time}, ${list(values)})
    SELECT ${list(names)}, to_timestamp("minuteMs" / 1000.0) AT TIME ZONE 'UTC', ${list(values)}
    FROM jsonb_to_recordset(${parameter}::jsonb) AS r("minuteMs" float8, ${typed.join(", ")})
    ORDER BY ${list(names)}, "minuteMs"
    ON CONFLICT (${list(names)}, ${time}) DO UPDATE SET ${added.join(", ")}`;
}
