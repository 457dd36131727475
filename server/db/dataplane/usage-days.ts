import type { PoolClient } from "pg";

export type DayIncrement = {
  planId: string;
  keyId: string;
  dayMs: number;
  count: number;
  throttled: number;
  shadowed: number;
};

/** Adds to the daily counts the charts show, in a transaction with the counters of quotas. */
export async function addUsageDays(client: PoolClient, increments: readonly DayIncrement[]): Promise<void> {
  if (increments.length === 0) return;
  await client.query(
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
