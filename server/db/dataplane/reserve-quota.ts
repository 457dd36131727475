import type { Pool } from "pg";
import { type CounterName, insertMissingCounters, namesOf } from "./quota-counters";

export type ReserveRow = CounterName & { limit: number; wanted: number; waiting: number };
export type ReservedRow = { index: number; granted: number; free: number; reserved: number };
/** What a step granted, as the run's row keeps it until the run says that it has it. */
export type GrantRow = CounterName & { step: number; granted: number };

/** One question of a gateway process: `done` is the last step whose grants it has. */
export type ReserveStep = { readonly runId: string; readonly step: number; readonly done: number };
/** `missed`: granted in steps after `done` whose answers never came. */
export type ReserveAnswer = { readonly rows: ReservedRow[]; readonly missed: GrantRow[] };

/** The run was taken for dead and settled by another process. */
export class RunClosedError extends Error {}

/** While less than this many blocks are left, blocks are as small as what waits for them. */
const SHARE = 16;

// The run's row is locked before the counters; those are locked in the order of their keys, as in every other statement.
const RESERVE = `
  WITH run AS (
    SELECT COALESCE(grants, '[]') AS grants FROM "QuotaStep"
    WHERE "runId" = $7 AND kind = 'reserve' AND NOT "isClosed" AND step < $8::bigint + $10::int FOR UPDATE
  ), asked AS (
    SELECT plan, key, start AS ms, to_timestamp(start / 1000.0) AT TIME ZONE 'UTC' AS start, n, quota, wanted, waiting
    FROM unnest($1::text[], $2::text[], $3::float8[], $4::bigint[], $5::bigint[], $6::bigint[])
      WITH ORDINALITY AS t(plan, key, start, quota, wanted, waiting, n)
  ), locked AS (
    SELECT c."planId", c."keyId", c."periodStart", a.ms, a.n, a.wanted, a.waiting,
      GREATEST(0, a.quota - c.used - c.reserved) AS free, c.reserved
    FROM run, "UsageCounter" c JOIN asked a ON c."planId" = a.plan AND c."keyId" = a.key AND c."periodStart" = a.start
    ORDER BY 1, 2, 3 FOR UPDATE OF c
  ), granted AS (
    SELECT *, LEAST(free, GREATEST(waiting, LEAST(wanted, free / ${SHARE}), CASE WHEN waiting = 0 THEN 0 ELSE 1 END)) AS granted
    FROM locked
  ), stored AS (
    UPDATE "UsageCounter" c SET reserved = c.reserved + g.granted, "updatedAt" = now() AT TIME ZONE 'UTC'
    FROM granted g WHERE g.granted > 0
      AND c."planId" = g."planId" AND c."keyId" = g."keyId" AND c."periodStart" = g."periodStart"
  ), missed AS (
    SELECT entry FROM run, jsonb_array_elements(grants) AS entry WHERE (entry->>'step')::bigint > $9
  ), noted AS (
    UPDATE "QuotaStep" SET step = $8, "updatedAt" = now() AT TIME ZONE 'UTC', grants = (
      SELECT COALESCE(jsonb_agg(entry), '[]') FROM (
        SELECT entry FROM missed
        UNION ALL SELECT jsonb_build_object('step', $8::bigint, 'planId', "planId", 'keyId', "keyId", 'startMs', ms, 'granted', granted)
        FROM granted WHERE granted > 0) AS entries)
    WHERE "runId" = $7 AND kind = 'reserve' AND EXISTS (SELECT 1 FROM run)
  )
  SELECT EXISTS (SELECT 1 FROM run) AS "isApplied",
    (SELECT COALESCE(jsonb_agg(entry), '[]') FROM missed) AS missed,
    (SELECT COALESCE(jsonb_agg(jsonb_build_object(
      'index', n - 1, 'granted', granted, 'free', free - granted, 'reserved', reserved + granted)), '[]') FROM granted) AS rows`;

/**
 * Reserves parts of quotas, each in one atomic step: what is reserved and what is used are never more than the quota. Who
 * waits gets what there is; more than that only up to a sixteenth of what is left. What is granted is noted with it, so
 * that it is not lost with the answer; a step that comes late, or of a closed run, is granted nothing.
 */
export async function reserveQuota(
  pool: Pool,
  run: ReserveStep,
  asks: readonly ReserveRow[],
): Promise<ReserveAnswer> {
  let answer = await reserve(pool, run, { asks, isMore: false });
  if (!answer) {
    await openRun(pool, run.runId);
    answer = await reserve(pool, run, { asks, isMore: false });
  }
  if (!answer) throw new Error(`step ${run.step} came too late`);
  const { rows, missed } = answer;
  if (rows.length === asks.length) return answer;
  const found = new Set(rows.map((row) => row.index));
  const missing = asks.flatMap((ask, index) => (found.has(index) ? [] : [{ ask, index }]));
  const others = missing.map(({ ask }) => ask);
  await insertMissingCounters(pool, others);
  const more = await reserve(pool, run, { asks: others, isMore: true });
  const late = (more?.rows ?? []).map((row) => ({ ...row, index: missing[row.index]?.index ?? -1 }));
  return { rows: [...rows, ...late], missed };
}

/** Null if the run has no row, is closed, or is past this step. `isMore` adds to what the step was granted before. */
async function reserve(
  pool: Pool,
  { runId, step, done }: ReserveStep,
  { asks, isMore }: { asks: readonly ReserveRow[]; isMore: boolean },
): Promise<ReserveAnswer | null> {
  const { rows } = await pool.query<ReserveAnswer & { isApplied: boolean }>({
    name: "reserve-quota",
    text: RESERVE,
    values: [
      ...namesOf(asks),
      asks.map((ask) => ask.limit),
      asks.map((ask) => ask.wanted),
      asks.map((ask) => ask.waiting),
      runId,
      step,
      done,
      isMore ? 1 : 0,
    ],
  });
  return rows[0]?.isApplied ? rows[0] : null;
}

async function openRun(pool: Pool, runId: string): Promise<void> {
  await pool.query(
    `INSERT INTO "QuotaStep" ("runId", kind, step, "updatedAt") VALUES ($1, 'reserve', 0, now() AT TIME ZONE 'UTC')
     ON CONFLICT DO NOTHING`,
    [runId],
  );
  const { rowCount } = await pool.query(
    `SELECT 1 FROM "QuotaStep" WHERE "runId" = $1 AND kind = 'reserve' AND "isClosed"`,
    [runId],
  );
  if (rowCount === 1) throw new RunClosedError("this process was taken for dead");
}
