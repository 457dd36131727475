import type { Transaction } from "@/server/db/client";
import { type BackupTable, quoted } from "./catalog";

/** Rows fetched at a time: few at first, for a row may hold a whole API, then about so many characters. */
const FIRST_ROWS = 20;
const MOST_ROWS = 2_000;
const FETCHED_LENGTH = 500_000;

/**
 * Every row of a table as JSON text: an array with each column's value as PostgreSQL writes it, or null. As texts they come
 * back exactly, whatever the type; JSON numbers and JSON's own null would not.
 */
export async function* readRows(tx: Transaction, { name, columns }: BackupTable): AsyncGenerator<string> {
  const values = columns.map((column) => `${quoted(column.name)}::text`).join(", ");
  const select = `SELECT json_build_array(${values})::text AS line FROM ${quoted(name)}`;
  await tx.$executeRawUnsafe(`DECLARE backup_rows NO SCROLL CURSOR FOR ${select}`);
  let wanted = FIRST_ROWS;
  for (;;) {
    const rows = await tx.$queryRawUnsafe<{ line: string }[]>(`FETCH ${wanted} FROM backup_rows`);
    let length = 0;
    for (const { line } of rows) {
      length += line.length;
      yield line;
    }
    if (rows.length < wanted) break;
    const fitting = Math.floor((wanted * FETCHED_LENGTH) / length);
    wanted = Math.max(1, Math.min(MOST_ROWS, wanted * 2, fitting));
  }
  await tx.$executeRawUnsafe("CLOSE backup_rows");
}

/** Inserts rows that readRows wrote. */
export async function insertRows(
  tx: Transaction,
  { name, columns }: BackupTable,
  lines: readonly string[],
): Promise<void> {
  const names = columns.map((column) => quoted(column.name)).join(", ");
  const values = columns.map(({ type }, index) => `(row->>${index})::${type}`).join(", ");
  await tx.$executeRawUnsafe(
    `INSERT INTO ${quoted(name)} (${names}) SELECT ${values} FROM jsonb_array_elements($1::jsonb) AS rows(row)`,
    `[${lines.join(",")}]`,
  );
}

/** Lets ids that the database counts up go on after the ones that were inserted. */
export async function moveSequences(tx: Transaction, { name, columns }: BackupTable): Promise<void> {
  for (const column of columns) {
    const [found] = await tx.$queryRaw<{ sequence: string | null }[]>`
      SELECT pg_get_serial_sequence(${quoted(name)}, ${column.name}) AS sequence`;
    if (!found?.sequence) continue;
    const highest = `SELECT max(${quoted(column.name)}) AS last FROM ${quoted(name)}`;
    await tx.$queryRawUnsafe(
      `SELECT setval($1::regclass, last)::text FROM (${highest}) t WHERE last IS NOT NULL`,
      found.sequence,
    );
  }
}

/** How values are written as text and read again: the same on every server. */
export async function fixTextForms(tx: Transaction): Promise<void> {
  for (const setting of [
    "datestyle = 'ISO, YMD'",
    "timezone = 'UTC'",
    "extra_float_digits = 1",
    "bytea_output = 'hex'",
  ])
    await tx.$executeRawUnsafe(`SET LOCAL ${setting}`);
}
