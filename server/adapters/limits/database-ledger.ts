import type { Pool } from "pg";
import { reserveQuota } from "@/server/db/dataplane/reserve-quota";
import type { QuotaGrant, QuotaLedger } from "./quota-ledger";

/** Reservations in the control plane's database, of the run that this process is in. */
export function databaseLedger(pool: Pool, run: { readonly runId: string }): QuotaLedger {
  return {
    async reserve(asks, at) {
      const { rows, missed } = await reserveQuota(pool, { runId: run.runId, ...at }, asks);
      const grants = asks.map((): QuotaGrant => ({ granted: 0, free: 0, reserved: 0 }));
      for (const { index, ...grant } of rows) grants[index] = grant;
      return { grants, missed };
    },
  };
}
