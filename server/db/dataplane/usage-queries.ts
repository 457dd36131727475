import type { Pool } from "pg";

export type UsageRow = { planId: string; keyId: string; startMs: number; used: number };

const ROW = `"planId", "keyId", (extract(epoch FROM "periodStart") * 1000)::float8 AS "startMs", used::float8 AS used`;
export type UsageIncrement = {
  planId: string;
  keyId: string;
  startMs: number;
  /** Out of what was reserved before, and without a reservation. */
  spent: number;
  extra: number;
};
export type DayIncrement = {
  planId: string;
  keyId: string;
  dayMs: number;
  count: number;
  throttled: number;
  shadowed: number;
};

/** Counters of periods that may still run: the longest is a month. */
export async function selectRecentUsage(pool: Pool): Promise<UsageRow[]> {
  const { rows } = await pool.query<UsageRow>(
    `SELECT ${ROW} FROM "UsageCounter" WHERE "periodStart" > (now() AT TIME ZONE 'UTC') - interval '32 days'`,
  );
  return rows;
}

/** As selectRecentUsage, of one key in one plan. */
export async function selectUsageOf(pool: Pool, planId: string, keyId: string): Promise<UsageRow[]> {
  const { rows } = await pool.query<UsageRow>(
    `SELECT ${ROW} FROM "UsageCounter" WHERE "planId" = $1 AND "keyId" = $2
     AND "periodStart" > (now() AT TIME ZONE 'UTC') - interval '32 days' ORDER BY "periodStart"`,
    [planId, keyId],
  );
  return rows;
}

/**
 * Adds to the quota counters and says what they are now, all nodes together. What was spent leaves the reservations, so
 * that doing it twice, after an answer that was lost, changes nothing about what may still be admitted.
 */
export async function addUsage(pool: Pool, increments: readonly UsageIncrement[]): Promise<UsageRow[]> {
  if (increments.length === 0) return [];
  const { rows } = await pool.query<UsageRow>(
    `INSERT INTO "UsageCounter" ("planId", "keyId", "periodStart", used, reserved, "updatedAt")
     SELECT plan, key, to_timestamp(start / 1000.0) AT TIME ZONE 'UTC', sum(spent + extra), -sum(spent), now() AT TIME ZONE 'UTC'
     FROM unnest($1::text[], $2::text[], $3::float8[], $4::bigint[], $5::bigint[]) AS t(plan, key, start, spent, extra)
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
     ON CONFLICT ("planId", "keyId", "periodStart")
       DO UPDATE SET used = "UsageCounter".used + EXCLUDED.used,
         reserved = "UsageCounter".reserved + EXCLUDED.reserved, "updatedAt" = EXCLUDED."updatedAt"
     RETURNING ${ROW}`,
    [
      increments.map((i) => i.planId),
      increments.map((i) => i.keyId),
      increments.map((i) => i.startMs),
      increments.map((i) => i.spent),
      increments.map((i) => i.extra),
    ],
  );
  return rows;
}

/** Adds to the daily counts the charts show. */
export async function addUsageDays(pool: Pool, increments: readonly DayIncrement[]): Promise<void> {
  if (increments.length === 0) return;
  await pool.query(
    `INSERT INTO "UsageDay" ("planId", "keyId", day, count, throttled, shadowed)
     SELECT plan, key, (to_timestamp(day / 1000.0) AT TIME ZONE 'UTC')::date, sum(count), sum(throttled), sum(shadowed)
     FROM unnest($1::text[], $2::text[], $3::float8[], $4::bigint[], $5::bigint[], $6::bigint[])
       AS t(plan, key, day, count, throttled, shadowed)
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
     ON CONFLICT ("planId", "keyId", day) DO UPDATE
       SET count = "UsageDay".count + EXCLUDED.count, throttled = "UsageDay".throttled + EXCLUDED.throttled,
         shadowed = "UsageDay".shadowed + EXCLUDED.shadowed`,
    [
      increments.map((i) => i.planId),
      increments.map((i) => i.keyId),
      increments.map((i) => i.dayMs),
      increments.map((i) => i.count),
      increments.map((i) => i.throttled),
      increments.map((i) => i.shadowed),
    ],
  );
}
