import type { Pool } from "pg";

export type NodeReport = {
  id: string;
  startedAt: Date;
  cursor: string;
  address: string;
  rejected: unknown;
  exportsTraces: boolean;
};

/** Says that this node is alive, what it has applied and what it refused. */
export async function reportNode(pool: Pool, report: NodeReport): Promise<void> {
  await pool.query(
    `INSERT INTO "GatewayNode" (id, "startedAt", "seenAt", cursor, address, rejected, "exportsTraces")
     VALUES ($1, $2, now() AT TIME ZONE 'UTC', $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET "seenAt" = EXCLUDED."seenAt", cursor = EXCLUDED.cursor,
       address = EXCLUDED.address, rejected = EXCLUDED.rejected, "exportsTraces" = EXCLUDED."exportsTraces"`,
    [
      report.id,
      report.startedAt.toISOString(),
      report.cursor,
      report.address,
      JSON.stringify(report.rejected),
      report.exportsTraces,
    ],
  );
}

export async function removeNode(pool: Pool, id: string): Promise<void> {
  await pool.query('DELETE FROM "GatewayNode" WHERE id = $1', [id]);
}

/** Forgets nodes that ended without a word long ago. */
export async function removeStaleNodes(pool: Pool): Promise<void> {
  await pool.query(
    `DELETE FROM "GatewayNode" WHERE "seenAt" < (now() AT TIME ZONE 'UTC') - interval '1 day'`,
  );
}
