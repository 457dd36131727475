import type { Pool, PoolClient } from "pg";
import { poolTransaction } from "./pool-transaction";
import { type CounterChange, type CounterName, changeCounters } from "./quota-counters";
import type { GrantRow } from "./reserve-quota";

/** Totals since the slot began. */
export type Settled = { readonly counted: number; readonly givenBack: number };

/** What a journal's slot says of one quota in one period. */
export type LeftSlot = CounterName & {
  /** Granted so far, by which step last. */
  readonly held: number;
  readonly heldStep: number;
  /** At most so much of it is used. */
  readonly spent: number;
  /** What the counters had before and have after this step of counts. */
  readonly before: Settled;
  readonly after: Settled;
  readonly countStep: number;
};

/** What a gateway process that was killed left. `done`: the last reservation of which all slots know. */
export type LeftRun = { readonly runId: string; readonly done: number; readonly slots: readonly LeftSlot[] };

/** The last step of counts that was applied, and what was granted and may not have arrived. */
type Closed = { countStep: number; grants: readonly GrantRow[] };

/**
 * Counts what a killed process used of what it had reserved, and frees the rest. Closes the run in the same transaction:
 * a statement of it that still runs is waited for, one that comes later finds it closed. Whoever finds the run closed
 * already settles nothing, so that it is done once whoever tries.
 */
export function settleKilled(pool: Pool, left: LeftRun): Promise<void> {
  return poolTransaction(pool, async (client) => {
    const closed = await closeRun(client, left.runId);
    if (closed) await changeCounters(client, settlementOf(left, closed));
  });
}

async function closeRun(client: PoolClient, runId: string): Promise<Closed | null> {
  const { rows } = await client.query<{ kind: string; step: number; grants: GrantRow[] | null }>(
    `INSERT INTO "QuotaStep" AS s ("runId", kind, step, "isClosed", "updatedAt")
     SELECT $1, kind, 0, true, now() AT TIME ZONE 'UTC' FROM unnest(ARRAY['count', 'reserve']) AS kind
     ON CONFLICT ("runId", kind) DO UPDATE SET "isClosed" = true, "updatedAt" = EXCLUDED."updatedAt"
       WHERE NOT s."isClosed"
     RETURNING kind, step::float8, grants`,
    [runId],
  );
  const of = (kind: string) => rows.find((row) => row.kind === kind);
  if (rows.length === 0) return null;
  return { countStep: of("count")?.step ?? 0, grants: of("reserve")?.grants ?? [] };
}

/** What of a killed process's slots and grants the counters do not know. */
export function settlementOf({ done, slots }: LeftRun, { countStep, grants }: Closed): CounterChange[] {
  const isSame = (one: CounterName, other: CounterName) =>
    one.planId === other.planId && one.keyId === other.keyId && one.startMs === other.startMs;
  const unheld = grants.filter(
    (grant) => grant.step > done && !slots.some((slot) => isSame(slot, grant) && slot.heldStep >= grant.step),
  );
  return [
    ...slots.map((slot) => {
      const { planId, keyId, startMs, held } = slot;
      const { counted, givenBack } = countStep >= slot.countStep ? slot.after : slot.before;
      // Told in advance, so perhaps more than there was.
      const spent = Math.max(counted, Math.min(slot.spent, held - givenBack));
      return { planId, keyId, startMs, used: spent - counted, reserved: counted + givenBack - held };
    }),
    ...unheld.map(({ planId, keyId, startMs, granted }) => ({
      ...{ planId, keyId, startMs, used: 0, reserved: -granted },
    })),
  ];
}
