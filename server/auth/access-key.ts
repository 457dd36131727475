import { database } from "@/server/db/client";
import { accessKeyBox } from "@/server/db/secret-box";
import type { Actor } from "@/server/domain/actor";

/** What a signature is checked with, and who signs with it. */
export type KnownAccessKey = { readonly secretAccessKey: string; readonly actor: Actor };

const LAST_USED_STEP_MS = 60_000;

/** An access key that stands; null if it is unknown, revoked, or sealed under another instance's secret. */
export async function findSigner(accessKeyId: string): Promise<KnownAccessKey | null> {
  const row = await database().accessKey.findUnique({ where: { id: accessKeyId } });
  if (!row || row.revokedAt) return null;
  const secretAccessKey = accessKeyBox().open(row.secretCipher, row.id);
  if (secretAccessKey === null) return null;
  const { name, workspaceId, role } = row;
  return { secretAccessKey, actor: { userId: null, name, workspaceId, role, channel: "aws" } };
}

/** Notes that a key was used: to be called once its signature is known to be right. */
export async function noteAccessKeyUse(accessKeyId: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - LAST_USED_STEP_MS);
  await database().accessKey.updateMany({
    where: { id: accessKeyId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: before } }] },
    data: { lastUsedAt: now },
  });
}
