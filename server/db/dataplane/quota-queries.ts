import type { Pool } from "pg";

export type ReserveRow = {
  planId: string;
  keyId: string;
  startMs: number;
  limit: number;
  wanted: number;
  waiting: number;
};
export type ReservedRow = { index: number; granted: number; free: number; reserved: number };
export type ReturnRow = { planId: string; keyId: string; startMs: number; count: number };

/** While less than this many blocks are left, blocks are as small as what waits for them. */
const SHARE = 16;

// Rows are locked in the order of their keys, here as in every other statement: nobody waits in a circle.
const ASKED = `
  SELECT plan, key, to_timestamp(start / 1000.0) AT TIME ZONE 'UTC' AS start, n, quota, wanted, waiting
  FROM unnest($1::text[], $2::text[], $3::float8[], $4::bigint[], $5::bigint[], $6::bigint[])
    WITH ORDINALITY AS t(plan, key, start, quota, wanted, waiting, n)`;

/**
 * Reserves parts of quotas, each in one atomic step: what is reserved and what is used are never more than the quota. Who
 * waits gets what there is; more than that only up to a sixteenth of what is left.
 */
export async function reserveQuota(pool: Pool, asks: readonly ReserveRow[]): Promise<ReservedRow[]> {
  const values = [
    asks.map((ask) => ask.planId),
    asks.map((ask) => ask.keyId),
    asks.map((ask) => ask.startMs),
    asks.map((ask) => ask.limit),
    asks.map((ask) => ask.wanted),
    asks.map((ask) => ask.waiting),
  ];
  const statement = {
    name: "reserve-quota",
    text: `WITH asked AS (${ASKED}), locked AS (
       SELECT c."planId", c."keyId", c."periodStart", a.n, a.wanted, a.waiting,
         GREATEST(0, a.quota - c.used - c.reserved) AS free, c.reserved
       FROM "UsageCounter" c JOIN asked a ON c."planId" = a.plan AND c."keyId" = a.key AND c."periodStart" = a.start
       ORDER BY 1, 2, 3 FOR UPDATE OF c
     ), granted AS (
       SELECT *, LEAST(free, GREATEST(waiting, LEAST(wanted, free / ${SHARE}), CASE WHEN waiting = 0 THEN 0 ELSE 1 END)) AS granted
       FROM locked
     ), stored AS (
       UPDATE "UsageCounter" c SET reserved = c.reserved + g.granted, "updatedAt" = now() AT TIME ZONE 'UTC'
       FROM granted g WHERE g.granted > 0
         AND c."planId" = g."planId" AND c."keyId" = g."keyId" AND c."periodStart" = g."periodStart"
     )
     SELECT n::int - 1 AS index, granted::float8, (free - granted)::float8 AS free, (reserved + granted)::float8 AS reserved FROM granted`,
    values,
  };
  const { rows } = await pool.query<ReservedRow>(statement);
  if (rows.length === asks.length) return rows;
  await pool.query(
    `WITH asked AS (${ASKED})
     INSERT INTO "UsageCounter" ("planId", "keyId", "periodStart", "updatedAt")
     SELECT plan, key, start, now() AT TIME ZONE 'UTC' FROM asked ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`,
    values,
  );
  return [...rows, ...(await reserveMissing(pool, asks, rows))];
}

async function reserveMissing(
  pool: Pool,
  asks: readonly ReserveRow[],
  rows: readonly ReservedRow[],
): Promise<ReservedRow[]> {
  const done = new Set(rows.map((row) => row.index));
  const missing = asks.flatMap((ask, index) => (done.has(index) ? [] : [{ ask, index }]));
  const late = await reserveQuota(
    pool,
    missing.map(({ ask }) => ask),
  );
  return late.map((row) => ({ ...row, index: missing[row.index]?.index ?? -1 }));
}

export function returnQuota(pool: Pool, returns: readonly ReturnRow[]): Promise<void> {
  return changeCounters(
    pool,
    returns.map(({ count, ...row }) => ({ ...row, used: 0, reserved: -count })),
  );
}

export type KilledRow = {
  planId: string;
  keyId: string;
  startMs: number;
  held: number;
  spent: number;
  reported: number;
};

/** What killed nodes had reserved: what they used of it is counted, the rest is free again. */
export function settleKilled(pool: Pool, rows: readonly KilledRow[]): Promise<void> {
  return changeCounters(
    pool,
    rows.map(({ held, spent, reported, ...row }) => ({
      ...row,
      used: spent - reported,
      reserved: reported - held,
    })),
  );
}

type Change = { planId: string; keyId: string; startMs: number; used: number; reserved: number };

// Below nothing: after a restore counters may not know of what a node gives back.
async function changeCounters(pool: Pool, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  await pool.query(
    `WITH given AS (
       SELECT plan, key, to_timestamp(start / 1000.0) AT TIME ZONE 'UTC' AS start,
         sum(used) AS used, sum(reserved) AS reserved
       FROM unnest($1::text[], $2::text[], $3::float8[], $4::bigint[], $5::bigint[]) AS t(plan, key, start, used, reserved)
       GROUP BY 1, 2, 3
     ), locked AS (
       SELECT c."planId", c."keyId", c."periodStart", g.used, g.reserved
       FROM "UsageCounter" c JOIN given g ON c."planId" = g.plan AND c."keyId" = g.key AND c."periodStart" = g.start
       ORDER BY 1, 2, 3 FOR UPDATE OF c
     )
     UPDATE "UsageCounter" c
     SET used = c.used + l.used, reserved = GREATEST(0, c.reserved + l.reserved), "updatedAt" = now() AT TIME ZONE 'UTC'
     FROM locked l WHERE c."planId" = l."planId" AND c."keyId" = l."keyId" AND c."periodStart" = l."periodStart"`,
    [
      changes.map((change) => change.planId),
      changes.map((change) => change.keyId),
      changes.map((change) => change.startMs),
      changes.map((change) => change.used),
      changes.map((change) => change.reserved),
    ],
  );
}
