import type { Pool, PoolClient } from "pg";

/** A quota's counter of one period. */
export type CounterName = { planId: string; keyId: string; startMs: number };
export type CounterChange = CounterName & { used: number; reserved: number };
export type UsageRow = CounterName & { used: number };

const ROW = `c."planId", c."keyId", (extract(epoch FROM c."periodStart") * 1000)::float8 AS "startMs", c.used::float8 AS used`;
const NAMED = `unnest($1::text[], $2::text[], $3::float8[]`;
const START = `to_timestamp(start / 1000.0) AT TIME ZONE 'UTC'`;
const ONE = `c."planId" = plan AND c."keyId" = key AND c."periodStart" = ${START}`;
/** Of these rows, as the first three parameters of a statement. */
export const namesOf = (rows: readonly CounterName[]) => [
  rows.map((row) => row.planId),
  rows.map((row) => row.keyId),
  rows.map((row) => row.startMs),
];

/** Counters of periods that may still run: the longest is a month. */
export async function selectRecentUsage(pool: Pool): Promise<UsageRow[]> {
  const { rows } = await pool.query<UsageRow>(
    `SELECT ${ROW} FROM "UsageCounter" c WHERE "periodStart" > (now() AT TIME ZONE 'UTC') - interval '32 days'`,
  );
  return rows;
}

/** As selectRecentUsage, of one key in one plan. */
export async function selectUsageOf(pool: Pool, planId: string, keyId: string): Promise<UsageRow[]> {
  const { rows } = await pool.query<UsageRow>(
    `SELECT ${ROW} FROM "UsageCounter" c WHERE "planId" = $1 AND "keyId" = $2
     AND "periodStart" > (now() AT TIME ZONE 'UTC') - interval '32 days' ORDER BY "periodStart"`,
    [planId, keyId],
  );
  return rows;
}

export async function selectUsage(
  client: Pool | PoolClient,
  names: readonly CounterName[],
): Promise<UsageRow[]> {
  const { rows } = await client.query<UsageRow>(
    `SELECT ${ROW} FROM "UsageCounter" c JOIN ${NAMED}) AS t(plan, key, start) ON ${ONE}`,
    namesOf(names),
  );
  return rows;
}

/** Rows are locked in the order of their keys, here as in every other statement: nobody waits in a circle. */
export async function insertMissingCounters(
  client: Pool | PoolClient,
  names: readonly CounterName[],
): Promise<void> {
  await client.query(
    `INSERT INTO "UsageCounter" ("planId", "keyId", "periodStart", "updatedAt")
     SELECT plan, key, ${START}, now() AT TIME ZONE 'UTC' FROM ${NAMED}) AS t(plan, key, start)
     ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`,
    namesOf(names),
  );
}

/** Adds to counters, in a transaction with what makes sure that it is done once. Says what is used now. */
export async function changeCounters(
  client: PoolClient,
  changes: readonly CounterChange[],
): Promise<UsageRow[]> {
  if (changes.length === 0) return [];
  await insertMissingCounters(client, changes);
  // Not below nothing: after a restore counters do not know of what gateways hold.
  const { rows } = await client.query<UsageRow>(
    `WITH given AS (
       SELECT plan, key, ${START} AS start, sum(used) AS used, sum(reserved) AS reserved
       FROM ${NAMED}, $4::bigint[], $5::bigint[]) AS t(plan, key, start, used, reserved)
       GROUP BY 1, 2, 3
     ), locked AS (
       SELECT c."planId", c."keyId", c."periodStart", g.used, g.reserved
       FROM "UsageCounter" c JOIN given g ON c."planId" = g.plan AND c."keyId" = g.key AND c."periodStart" = g.start
       ORDER BY 1, 2, 3 FOR UPDATE OF c
     )
     UPDATE "UsageCounter" c
     SET used = c.used + l.used, reserved = GREATEST(0, c.reserved + l.reserved), "updatedAt" = now() AT TIME ZONE 'UTC'
     FROM locked l WHERE c."planId" = l."planId" AND c."keyId" = l."keyId" AND c."periodStart" = l."periodStart"
     RETURNING ${ROW}`,
    [...namesOf(changes), changes.map((change) => change.used), changes.map((change) => change.reserved)],
  );
  return rows;
}
