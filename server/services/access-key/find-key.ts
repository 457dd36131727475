import { database, type Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";

/** An access key of the actor's workspace; NOT_FOUND otherwise. */
export async function findAccessKey(actor: Actor, accessKeyId: string, tx: Transaction = database()) {
  const row = await tx.accessKey.findFirst({
    where: { id: accessKeyId, workspaceId: actor.workspaceId },
    select: { id: true, name: true, revokedAt: true },
  });
  if (!row) throw new ServiceError("NOT_FOUND", "There is no such access key");
  return row;
}
