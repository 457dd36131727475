import { z } from "zod";
import { ServiceError } from "@/server/domain/errors";
import { boxKey, environment } from "@/server/env";

/**
 * The first line of a backup, readable without a passphrase. Behind it: gzip of lines, encrypted when `encryption` says so.
 * The lines are `{"table", "columns"}`, that table's rows (arrays of texts), the next table …, and a last one with the
 * number of rows and the SHA-256 of everything before it, this header included.
 */
export const backupHeaderSchema = z.object({
  "gatehouse-backup": z.literal(1),
  /** Version of Gatehouse; for people. */
  version: z.string(),
  /** The newest migration: it has to be the same where the backup is restored. */
  schema: z.string(),
  madeAt: z.string(),
  withLogs: z.boolean(),
  /** needed: sealed secrets open only with the GATEHOUSE_SECRET of the instance it was made by. */
  secret: z.enum(["needed", "included"]),
  /** Tells one secret from another and nothing else of it. */
  secretCheck: z.string(),
  encryption: z
    .object({
      kdf: z.literal("scrypt"),
      cost: z
        .number()
        .int()
        .min(2)
        .max(1 << 20),
      salt: z.string(),
    })
    .nullable(),
});
export type BackupHeader = z.infer<typeof backupHeaderSchema>;

export const tableLineSchema = z.object({
  table: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
});
/** `secret` is the instance's, where it is included. */
export const secretLineSchema = z.object({ secret: z.string() });
export const lastLineSchema = z.object({ rows: z.number(), sha256: z.string() });

export const damaged = (how: string) =>
  new ServiceError("INVALID", `The backup is damaged or incomplete: ${how}`);

export function instanceSecret(): string {
  const { secret } = environment();
  if (secret) return secret;
  throw new Error("GATEHOUSE_SECRET is not set: the launcher makes one and keeps it in the data folder");
}

export const secretCheckOf = (secret: string) => boxKey(secret, "backup-check").slice(0, 32);
