import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { LaunchError } from "@/server/launcher/launch-error";

type Options = {
  url: string;
  /** The folder with one subfolder per migration, each with its migration.sql. */
  directory: string;
};

type Migration = { name: string; sql: string; checksum: string };
type Row = { name: string; checksum: string; finished: boolean };

/** The lock that Prisma's own engine takes, so that this runner and `prisma migrate` never run at once. */
const PRISMA_LOCK = 72707369;

const CREATE_TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/**
 * Brings the database to the newest migration and returns the names of those applied now. One transaction each: a
 * failing migration leaves nothing behind. Statements that cannot run in a transaction are therefore not possible.
 */
export async function migrate({ url, directory }: Options): Promise<string[]> {
  const migrations = readMigrations(directory);
  const client = await connect(url);
  try {
    if (pendingMigrations(migrations, await readRows(client)).length === 0) return [];
    await client.query("select pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(CREATE_TABLE);
    // Read again: another process may have applied them while this one waited for the lock.
    const pending = pendingMigrations(migrations, await readRows(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

function readMigrations(directory: string): Migration[] {
  const sqlFile = (name: string) => path.join(directory, name, "migration.sql");
  return readdirSync(directory)
    .filter((name) => existsSync(sqlFile(name)))
    .sort()
    .map((name) => {
      const sql = readFileSync(sqlFile(name), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** Checks what the database says it has against our files; returns what is still to be applied, in order. */
function pendingMigrations(migrations: Migration[], rows: Row[]): Migration[] {
  const ours = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of rows) {
    const migration = ours.get(row.name);
    if (!migration) {
      throw new LaunchError(
        `The database is newer than this version of Gatehouse: it has the migration ${row.name}, which is not known here`,
      );
    }
    if (!row.finished) {
      throw new LaunchError(
        `The migration ${row.name} was begun and not finished; mend it with \`npx prisma migrate resolve\` and start again`,
      );
    }
    if (row.checksum !== migration.checksum) {
      throw new LaunchError(
        `The migration ${row.name} was changed after it had been applied to this database; restore its migration.sql`,
      );
    }
  }
  const applied = new Set(rows.map((row) => row.name));
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function readRows(client: pg.Client): Promise<Row[]> {
  try {
    const result = await client.query(
      `select migration_name as name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null`,
    );
    return result.rows;
  } catch (error) {
    if (sqlState(error) === "42P01") return [];
    throw error;
  }
}

async function apply(client: pg.Client, migration: Migration) {
  try {
    await client.query("begin");
    await client.query(migration.sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       values ($1, $2, clock_timestamp(), $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new LaunchError(
      `The migration ${migration.name} failed${position(migration, error)}: ${(error as Error).message}`,
    );
  }
}

function position(migration: Migration, error: unknown) {
  const offset = Number((error as { position?: string }).position);
  return offset ? ` at line ${migration.sql.slice(0, offset).split("\n").length}` : "";
}

/** Connects; a database that does not exist yet is created, as Prisma's CLI does. */
async function connect(url: string): Promise<pg.Client> {
  try {
    return await openClient(url);
  } catch (error) {
    if (sqlState(error) !== "3D000") throw unreachable(url, error);
  }
  const server = new URL(url);
  const database = decodeURIComponent(server.pathname.slice(1));
  server.pathname = "/postgres";
  try {
    await createDatabase(server.toString(), database);
    return await openClient(url);
  } catch (error) {
    throw unreachable(url, error);
  }
}

async function createDatabase(server: string, database: string) {
  const admin = await openClient(server);
  try {
    await admin.query(`create database ${pg.escapeIdentifier(database)}`);
  } catch (error) {
    // Another process made it in the same moment.
    if (!["42P04", "23505"].includes(sqlState(error) ?? "")) throw error;
  } finally {
    await admin.end();
  }
}

async function openClient(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  await client.connect();
  return client;
}

function unreachable(url: string, error: unknown) {
  const { hostname, port, pathname } = new URL(url);
  const cause = error as { message?: string; code?: string };
  return new LaunchError(
    `The database ${hostname}:${port || 5432}${pathname} cannot be used: ${cause.message || cause.code || "no answer"}`,
  );
}

function sqlState(error: unknown) {
  return (error as { code?: string }).code;
}
