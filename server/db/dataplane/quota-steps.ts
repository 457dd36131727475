import type { Pool, PoolClient } from "pg";
import { poolTransaction } from "./pool-transaction";
import { type CounterChange, changeCounters, selectUsage, type UsageRow } from "./quota-counters";
import { addUsageDays, type DayIncrement } from "./usage-days";

/**
 * What one gateway process counted and gives back. It is sent as it is until it is known to be applied, under the same
 * number; only then comes the next.
 */
export type CountStep = {
  readonly step: number;
  readonly usage: readonly CounterChange[];
  readonly days: readonly DayIncrement[];
};
/** `isClosed`: the run was taken for dead and settled before; nothing of the step is stored. */
export type CountAnswer = { readonly isClosed: boolean; readonly rows: UsageRow[] };

/**
 * Applies a step whole and once, however often it comes and however long an earlier attempt still runs in the server: the
 * run's row is locked before all others. Says what all gateways used of the quotas in it.
 */
export function applyCounts(pool: Pool, runId: string, counts: CountStep): Promise<CountAnswer> {
  const { step, usage, days } = counts;
  return poolTransaction(pool, async (client) => {
    if (await takeStep(client, runId, step)) {
      const rows = await changeCounters(client, usage);
      await addUsageDays(client, days);
      return { isClosed: false, rows };
    }
    return { isClosed: await isClosedBefore(client, runId, step), rows: await selectUsage(client, usage) };
  });
}

async function takeStep(client: PoolClient, runId: string, step: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO "QuotaStep" AS s ("runId", kind, step, "updatedAt") VALUES ($1, 'count', $2, now() AT TIME ZONE 'UTC')
     ON CONFLICT ("runId", kind) DO UPDATE SET step = EXCLUDED.step, "updatedAt" = EXCLUDED."updatedAt"
       WHERE s.step < EXCLUDED.step AND NOT s."isClosed"
     RETURNING 1`,
    [runId, step],
  );
  return rowCount === 1;
}

async function isClosedBefore(client: PoolClient, runId: string, step: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM "QuotaStep" WHERE "runId" = $1 AND kind = 'count' AND "isClosed" AND step < $2`,
    [runId, step],
  );
  return rowCount === 1;
}

/** Removes runs of which nothing was heard for longer than a quota's longest period, a month. */
export async function removeOldQuotaSteps(pool: Pool): Promise<void> {
  await pool.query(
    `DELETE FROM "QuotaStep" WHERE "updatedAt" < (now() AT TIME ZONE 'UTC') - interval '32 days'`,
  );
}
