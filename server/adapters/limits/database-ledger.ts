import type { Pool } from "pg";
import { reserveQuota, returnQuota } from "@/server/db/dataplane/quota-queries";
import type { QuotaGrant, QuotaLedger } from "./quota-ledger";

/** Reservations in the control plane's database. */
export function databaseLedger(pool: Pool): QuotaLedger {
  return {
    async reserve(asks) {
      const rows = await reserveQuota(pool, asks);
      const grants = asks.map((): QuotaGrant => ({ granted: 0, free: 0, reserved: 0 }));
      for (const { index, ...grant } of rows) grants[index] = grant;
      return grants;
    },
    giveBack: (returns) => returnQuota(pool, returns),
  };
}
