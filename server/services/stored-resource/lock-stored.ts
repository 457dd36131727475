import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { StoredDocument, StoredKey } from "./stored-resource";

/** Locks a document, so that it can neither change nor go before the caller is done. Null if there is none. */
export async function lockStored(
  tx: Transaction,
  { workspaceId }: Actor,
  { kind, parentId = "", id }: StoredKey,
): Promise<StoredDocument | null> {
  const [row] = await tx.$queryRaw<{ document: StoredDocument }[]>`
    SELECT document FROM "StoredResource"
    WHERE "workspaceId" = ${workspaceId} AND kind = ${kind} AND "parentId" = ${parentId} AND id = ${id}
    FOR UPDATE`;
  return row?.document ?? null;
}
