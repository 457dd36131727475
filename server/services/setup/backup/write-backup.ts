import { createHash, type Hash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, type Gzip } from "node:zlib";
import packageInfo from "@/package.json";
import { backupTables, schemaVersion } from "@/server/db/backup/catalog";
import { fixTextForms, readRows } from "@/server/db/backup/table-rows";
import { database, type Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { type BackupHeader, instanceSecret, secretCheckOf } from "./backup-header";
import { requireOneWorkspace } from "./require-one-workspace";
import { keyOf, newEncryption, sealFrames } from "./sealed-frames";

export type BackupOptions = {
  /** Metrics, request log and canary windows too. */
  withLogs: boolean;
  /** The instance's GATEHOUSE_SECRET too; only with a passphrase. */
  withSecret: boolean;
  /** Encrypts everything but the header; null: only what is sealed anyway is secret. */
  passphrase: string | null;
};

const MIN_PASSPHRASE = 12;
const TIMEOUT_MS = 6 * 3_600_000;

/**
 * Everything the control plane knows, of one moment (one REPEATABLE READ transaction), as a stream that reads the database
 * no faster than it is taken.
 */
export async function writeBackup(actor: Actor, options: BackupOptions, now = new Date()): Promise<Readable> {
  authorize(actor, "workspace:write");
  const { passphrase, withSecret, withLogs } = options;
  if (withSecret && passphrase === null) {
    throw new ServiceError("INVALID", "The instance's secret goes into a backup only with a passphrase", {
      fieldPath: "passphrase",
    });
  }
  if (passphrase !== null && passphrase.length < MIN_PASSPHRASE) {
    throw new ServiceError("INVALID", `A passphrase has at least ${MIN_PASSPHRASE} characters`, {
      fieldPath: "passphrase",
    });
  }
  await requireOneWorkspace(database());
  const header: BackupHeader = {
    "gatehouse-backup": 1,
    version: packageInfo.version,
    schema: await schemaVersion(database()),
    madeAt: now.toISOString(),
    withLogs,
    secret: withSecret ? "included" : "needed",
    secretCheck: secretCheckOf(instanceSecret()),
    encryption: passphrase === null ? null : newEncryption(),
  };
  const headerLine = `${JSON.stringify(header)}\n`;
  const key = header.encryption && passphrase !== null ? await keyOf(passphrase, header.encryption) : null;
  await write(actor, (_, emit) =>
    emit({
      type: "instance.backed-up",
      subject: "Gatehouse",
      detail: { withLogs, withSecret, isEncrypted: passphrase !== null },
    }),
  );
  const output = new PassThrough();
  output.write(headerLine);
  const gzip = createGzip();
  const frames = key ? Readable.from(sealFrames(gzip, { key, headerLine })) : gzip;
  // Whoever reads `output` gets the failure; nobody waits for these two.
  void pipeline(frames, output).catch(() => undefined);
  void writeLines(gzip, { headerLine, options }).then(
    () => gzip.end(),
    (error) => {
      output.destroy(error);
      gzip.destroy();
    },
  );
  return output;
}

async function writeLines(
  gzip: Gzip,
  { headerLine, options }: { headerLine: string; options: BackupOptions },
): Promise<void> {
  const hash = createHash("sha256").update(headerLine);
  const lines = new LineSink(gzip, hash);
  const copy = async (tx: Transaction) => {
    await fixTextForms(tx);
    let rows = 0;
    for (const table of await backupTables(tx, options)) {
      await lines.put(JSON.stringify({ table: table.name, columns: table.columns }));
      for await (const row of readRows(tx, table)) {
        rows++;
        await lines.put(row);
      }
    }
    return rows;
  };
  if (options.withSecret) await lines.put(JSON.stringify({ secret: instanceSecret() }));
  const rows = await database().$transaction(copy, { isolationLevel: "RepeatableRead", timeout: TIMEOUT_MS });
  await lines.put(JSON.stringify({ rows, sha256: hash.copy().digest("hex") }));
}

/** Writes lines and waits while nobody takes them. */
class LineSink {
  constructor(
    private readonly gzip: Gzip,
    private readonly hash: Hash,
  ) {}

  async put(line: string): Promise<void> {
    const text = `${line}\n`;
    this.hash.update(text);
    if (this.gzip.destroyed) throw new Error("nobody takes the backup any more");
    if (!this.gzip.write(text)) await this.#taken();
  }

  #taken(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.gzip.off("drain", done).off("close", done);
        resolve();
      };
      this.gzip.on("drain", done).on("close", done);
    });
  }
}
