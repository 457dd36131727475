import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrate } from "@/server/launcher/migrate";
import { startPostgres } from "@/server/launcher/postgres";

const MIGRATIONS = path.resolve(import.meta.dirname, "../../prisma/migrations");

/**
 * Gives the suites of one run a PostgreSQL of their own, migrated and empty, as DATABASE_URL. With
 * GATEHOUSE_TEST_DATABASE_URL that server is used: the database it names is made if it is missing, and never emptied.
 */
export async function setup(): Promise<() => Promise<void>> {
  // The workers are started later and inherit it.
  process.env.GATEHOUSE_SECRET = "a secret of the tests, long enough";
  const given = process.env.GATEHOUSE_TEST_DATABASE_URL;
  if (given) {
    process.env.DATABASE_URL = given;
    await migrate({ url: given, directory: MIGRATIONS });
    return async () => undefined;
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), "gatehouse-test-"));
  const server = await startPostgres({ dataDir });
  process.env.DATABASE_URL = server.url;
  await migrate({ url: server.url, directory: MIGRATIONS });
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
