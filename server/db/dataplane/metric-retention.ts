import type { Pool } from "pg";
import { poolTransaction } from "./pool-transaction";

export type MetricsKept = { readonly minuteDays: number; readonly hourDays: number };

/** Minutes of keys are many: what is older is there by the hour. */
const KEY_MINUTE_DAYS = 2;
/** Rows one transaction takes away, so that it is short. */
const CLEANING_BATCH = 20_000;
/** Any number that no other lock of the database has. */
const CLEANING_LOCK = 7_206_041;

/**
 * Removes minutes and hours that are too old; hours have had their minutes' counts since they were stored. One
 * transaction a batch, and one gateway at a time: where another one is at it, nothing is done. Answers how many rows
 * went.
 */
export async function removeOldMetrics(
  pool: Pool,
  { minuteDays, hourDays }: MetricsKept,
  batch = CLEANING_BATCH,
): Promise<number> {
  const tables = [
    { table: "MetricMinute", time: "minute", days: minuteDays },
    { table: "MetricKeyMinute", time: "minute", days: Math.min(minuteDays, KEY_MINUTE_DAYS) },
    { table: "MetricHour", time: "hour", days: hourDays },
    { table: "MetricKeyHour", time: "hour", days: hourDays },
  ];
  let removed = 0;
  for (const old of tables) {
    for (let rows: number | null = batch; rows === batch; ) {
      rows = await removeBatch(pool, old, batch);
      if (rows === null) return removed;
      removed += rows;
    }
  }
  return removed;
}

/** Null: another one is cleaning. */
function removeBatch(
  pool: Pool,
  { table, time, days }: { table: string; time: string; days: number },
  batch: number,
): Promise<number | null> {
  return poolTransaction(pool, async (client) => {
    const { rows } = await client.query<{ free: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS free", [
      CLEANING_LOCK,
    ]);
    if (!rows[0]?.free) return null;
    const { rowCount } = await client.query(
      `DELETE FROM "${table}" WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM "${table}" WHERE ${time} < (now() AT TIME ZONE 'UTC') - make_interval(days => $1)
         ORDER BY ${time} LIMIT $2))`,
      [days, batch],
    );
    return rowCount ?? 0;
  });
}
