import type { Transaction } from "@/server/db/client";

/** A table as a backup names it. */
export type BackupTable = { name: string; columns: { name: string; type: string }[] };

/** What belongs to a running instance and not to its configuration: never in a backup. */
const LEFT_OUT = [
  "_prisma_migrations",
  "session",
  "verification",
  "rateLimit",
  "ConfigChange",
  "GatewayNode",
  "QuotaStep",
];
/** What gateways measured and logged: only when asked for. */
const LOGS = ["MetricMinute", "MetricHour", "MetricKeyMinute", "MetricKeyHour", "RequestLog", "CanaryWindow"];
/** Emptied with the others, for rows in them are about people who may be gone. */
const EMPTIED = ["session", "verification"];

/**
 * The tables of a backup, each after those it refers to. Taken from the database's own catalogue: a table that a later
 * version adds is in it without being named here.
 */
export async function backupTables(
  tx: Transaction,
  { withLogs }: { withLogs: boolean },
): Promise<BackupTable[]> {
  const rows = await tx.$queryRaw<{ table: string; column: string; type: string }[]>`
    SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY c.relname, a.attnum`;
  const tables = new Map<string, BackupTable>();
  for (const { table, column, type } of rows) {
    if (LEFT_OUT.includes(table) || (!withLogs && LOGS.includes(table))) continue;
    const known = tables.get(table) ?? { name: table, columns: [] };
    known.columns.push({ name: column, type });
    tables.set(table, known);
  }
  const references = await tx.$queryRaw<{ from: string; to: string }[]>`
    SELECT f.relname AS from, t.relname AS to FROM pg_constraint k
    JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
    WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace AND k.conrelid <> k.confrelid`;
  return inOrder(tables, references);
}

function inOrder(
  tables: ReadonlyMap<string, BackupTable>,
  references: readonly { from: string; to: string }[],
): BackupTable[] {
  const ordered = new Set<string>();
  const put = (name: string, above: readonly string[]) => {
    if (ordered.has(name) || above.includes(name) || !tables.has(name)) return;
    for (const { from, to } of references) if (from === name) put(to, [...above, name]);
    ordered.add(name);
  };
  for (const name of tables.keys()) put(name, []);
  return [...ordered].map((name) => tables.get(name) as BackupTable);
}

/** The newest migration: two databases with the same one have the same tables. */
export async function schemaVersion(tx: Transaction): Promise<string> {
  const [row] = await tx.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL
    ORDER BY migration_name DESC LIMIT 1`;
  return row?.name ?? "";
}

/** Empties the tables of a backup and what hangs on them. */
export async function emptyTables(tx: Transaction, tables: readonly BackupTable[]): Promise<void> {
  const names = [...tables.map(({ name }) => name), ...EMPTIED].map(quoted);
  await tx.$executeRawUnsafe(`TRUNCATE ${names.join(", ")}`);
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
