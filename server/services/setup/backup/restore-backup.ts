import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import packageInfo from "@/package.json";
import { type BackupTable, backupTables, emptyTables, schemaVersion } from "@/server/db/backup/catalog";
import { fixTextForms, insertRows, moveSequences } from "@/server/db/backup/table-rows";
import { database, type Transaction } from "@/server/db/client";
import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import {
  type BackupHeader,
  backupHeaderSchema,
  damaged,
  instanceSecret,
  lastLineSchema,
  secretCheckOf,
  secretLineSchema,
  tableLineSchema,
} from "./backup-header";
import { readLines, takeFirstLine } from "./read-lines";
import { requireOneWorkspace } from "./require-one-workspace";
import { resealSecrets } from "./reseal-secrets";
import { keyOf, openFrames } from "./sealed-frames";

export type RestoreInput = {
  source: AsyncIterable<Uint8Array>;
  passphrase: string | null;
  /** Throws away what the instance has; otherwise nobody may have done anything in it. */
  replace: boolean;
};
export type Restored = { rows: number; madeAt: string; configChangeId: string };

const MAX_HEADER_BYTES = 64 * 1024;
const TIMEOUT_MS = 6 * 3_600_000;
/** Rows are sent to the database in parts of about this size. */
const BATCH_BYTES = 1024 * 1024;
const BATCH_ROWS = 500;

/**
 * Puts a backup into this instance, all or nothing, and lets the gateways read everything anew. INVALID for another
 * version, another secret, a wrong passphrase or a damaged file; CONFLICT if the instance is in use.
 */
export async function restoreBackup(actor: Actor, input: RestoreInput): Promise<Restored> {
  authorize(actor, "workspace:write");
  const { line, rest } = await takeFirstLine(input.source, MAX_HEADER_BYTES);
  const header = await readHeader(line);
  const lines = readLines(
    await contentOf(rest, { header, headerLine: `${line}\n`, passphrase: input.passphrase }),
  );
  const { rows, configChangeId } = await database().$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('gatehouse-setup'))`;
      await requireOneWorkspace(tx);
      if (!input.replace) await requireUnused(tx);
      return putBack(tx, { header, headerLine: `${line}\n`, lines });
    },
    { timeout: TIMEOUT_MS },
  );
  await tellAudit(actor, header, rows);
  return { rows, madeAt: header.madeAt, configChangeId };
}

async function readHeader(line: string): Promise<BackupHeader> {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch {
    throw new ServiceError("INVALID", "This is no backup of Gatehouse");
  }
  const format = (given as { "gatehouse-backup"?: unknown } | null)?.["gatehouse-backup"];
  if (format === undefined) throw new ServiceError("INVALID", "This is no backup of Gatehouse");
  const parsed = backupHeaderSchema.safeParse(given);
  if (!parsed.success) {
    throw new ServiceError(
      "INVALID",
      `This backup is of a form (${String(format)}) that this version cannot read`,
    );
  }
  const header = parsed.data;
  const schema = await schemaVersion(database());
  if (header.schema !== schema) {
    throw new ServiceError(
      "INVALID",
      `The backup was made by version ${header.version} with the database of ${header.schema}; this is version ${packageInfo.version} with ${schema}. Restore it with the version that made it, then update`,
    );
  }
  if (header.secret === "needed" && header.secretCheck !== secretCheckOf(instanceSecret())) {
    throw new ServiceError(
      "INVALID",
      "The backup was made by an instance with another GATEHOUSE_SECRET: start this one with that secret, or make the backup with --with-secret",
    );
  }
  return header;
}

async function contentOf(
  rest: AsyncIterable<Uint8Array>,
  { header, headerLine, passphrase }: { header: BackupHeader; headerLine: string; passphrase: string | null },
): Promise<AsyncIterable<Uint8Array>> {
  const { encryption } = header;
  if (encryption && passphrase === null) {
    throw new ServiceError("INVALID", "The backup is encrypted: give its passphrase", {
      fieldPath: "passphrase",
    });
  }
  const key = encryption && passphrase !== null ? await keyOf(passphrase, encryption) : null;
  return unzipped(key ? openFrames(rest, { key, headerLine }) : rest);
}

async function* unzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const zipped = Readable.from(source);
  zipped.on("error", (error) => gunzip.destroy(error));
  try {
    for await (const chunk of zipped.pipe(gunzip)) yield chunk;
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw damaged("it cannot be unpacked");
  }
}

/** Nobody has signed in or changed anything: the sample that the installation made itself does not count. */
async function requireUnused(tx: Transaction): Promise<void> {
  const deeds = await tx.auditEntry.count({ where: { channel: { not: "system" } } });
  if (deeds === 0) return;
  throw new ServiceError(
    "CONFLICT",
    "This instance is in use. Restore into a new one, or say --replace: then everything it has is thrown away",
  );
}

type Content = { header: BackupHeader; headerLine: string; lines: AsyncIterable<string> };

async function putBack(
  tx: Transaction,
  { header, headerLine, lines }: Content,
): Promise<{ rows: number; configChangeId: string }> {
  await fixTextForms(tx);
  const tables = await backupTables(tx, header);
  await emptyTables(tx, tables);
  const hash = createHash("sha256").update(headerLine);
  const into = new TableFiller(tx, tables);
  let secret: string | null = null;
  let isWhole = false;
  for await (const line of lines) {
    if (isWhole) throw damaged("there is something behind its end");
    if (line.startsWith("[")) await into.row(line);
    else {
      const read = readLine(line);
      if ("table" in read) await into.begin(read);
      else if ("secret" in read) secret = read.secret;
      else {
        if (read.rows !== into.rows || read.sha256 !== hash.copy().digest("hex"))
          throw damaged("its checksum is wrong");
        isWhole = true;
      }
    }
    hash.update(`${line}\n`);
  }
  if (!isWhole) throw damaged("its end is missing");
  await into.finish();
  // What gateways had reserved of quotas is gone with them.
  await tx.usageCounter.updateMany({ where: { reserved: { not: 0 } }, data: { reserved: 0 } });
  const own = instanceSecret();
  if (secret !== null && secret !== own) await resealSecrets(tx, { from: secret, to: own });
  const change = await recordConfigChange(tx, { kind: "all", subject: "" });
  return { rows: into.rows, configChangeId: String(change) };
}

function readLine(line: string) {
  try {
    const value: unknown = JSON.parse(line);
    for (const schema of [tableLineSchema, secretLineSchema, lastLineSchema]) {
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
    }
  } catch {
    // Said below.
  }
  throw damaged("a line cannot be read");
}

/** Fills the tables in the order of the backup. */
class TableFiller {
  rows = 0;
  #table: BackupTable | null = null;
  #waiting: string[] = [];
  #size = 0;

  constructor(
    private readonly tx: Transaction,
    private readonly tables: readonly BackupTable[],
  ) {}

  async begin({ table, columns }: { table: string; columns: BackupTable["columns"] }): Promise<void> {
    await this.finish();
    const known = this.tables.find(({ name }) => name === table);
    if (!known || JSON.stringify(known.columns) !== JSON.stringify(columns)) {
      throw damaged(`the table ${table} is not of this version`);
    }
    this.#table = known;
  }

  async row(line: string): Promise<void> {
    this.rows++;
    this.#waiting.push(line);
    this.#size += line.length;
    if (this.#waiting.length >= BATCH_ROWS || this.#size >= BATCH_BYTES) await this.#flush();
  }

  async finish(): Promise<void> {
    await this.#flush();
    if (this.#table) await moveSequences(this.tx, this.#table);
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    if (!this.#table) throw damaged("rows come before their table");
    await insertRows(this.tx, this.#table, this.#waiting);
    this.#waiting = [];
    this.#size = 0;
  }
}

/** In the audit log of the workspace that is there now. */
async function tellAudit(actor: Actor, { madeAt, version }: BackupHeader, rows: number): Promise<void> {
  const workspace = await database().workspace.findFirst({ select: { id: true } });
  if (!workspace) return;
  await write({ ...actor, userId: null, workspaceId: workspace.id }, (_, emit) =>
    emit({ type: "instance.restored", subject: "Gatehouse", detail: { madeAt, version, rows } }),
  );
}
