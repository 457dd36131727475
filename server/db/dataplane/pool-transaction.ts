import type { Pool, PoolClient } from "pg";

/**
 * Runs `work` in one transaction. A connection on which something failed is closed rather than used again: a query that
 * was given up may still run on it, and is rolled back when the server notices.
 */
export async function poolTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isBroken = true;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    isBroken = false;
    return result;
  } finally {
    client.release(isBroken);
  }
}
