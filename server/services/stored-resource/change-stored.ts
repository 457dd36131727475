import type { Transaction } from "@/server/db/client";
import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { requireStorable } from "@/server/services/api/save-definition";
import { authorize } from "@/server/services/authorize";
import { type Emit, write } from "@/server/services/write";
import { lockStored } from "./lock-stored";
import { type StoredNews, storedEvent } from "./stored-event";
import { STORED_KINDS, type StoredDocument, type StoredKey, storedWhere } from "./stored-resource";

/** `news` is what the audit log is told of the change beyond what its documents say. */
type ChangeScope = { tx: Transaction; emit: Emit; actor: Actor; news?: StoredNews };

/** Keeps a document in the place of the one there was, if any. */
export async function putStored(actor: Actor, key: StoredKey, document: StoredDocument): Promise<void> {
  authorize(actor, STORED_KINDS[key.kind][1]);
  await write(actor, (tx, emit) => putStoredIn({ tx, emit, actor }, key, document));
}

/** The same within a transaction of a caller that has authorised it. */
export async function putStoredIn(
  { tx, emit, actor, news }: ChangeScope,
  key: StoredKey,
  document: StoredDocument,
): Promise<void> {
  const { kind, parentId = "", id } = key;
  const kept = requireStorable(document);
  const before = await lockStored(tx, actor, key);
  await tx.storedResource.upsert({
    where: storedWhere(actor, key),
    create: { workspaceId: actor.workspaceId, kind, parentId, id, document: kept },
    update: { document: kept },
    select: { id: true },
  });
  await tellGateways(tx, actor, key);
  await emit(storedEvent(key, { before, after: document }, news));
}

/**
 * Changes a document that is there, one change after the other: of two at once both count, and one that meets its
 * deletion brings nothing back. Null if there is none.
 */
export async function changeStored(
  actor: Actor,
  key: StoredKey,
  change: (document: StoredDocument) => StoredDocument,
): Promise<StoredDocument | null> {
  authorize(actor, STORED_KINDS[key.kind][1]);
  return write(actor, async (tx, emit) => {
    const before = await lockStored(tx, actor, key);
    if (!before) return null;
    const document = change(before);
    await putStoredIn({ tx, emit, actor }, key, document);
    return document;
  });
}

/** Deletes a document. Returns whether there was one. */
export async function deleteStored(actor: Actor, key: StoredKey): Promise<boolean> {
  authorize(actor, STORED_KINDS[key.kind][1]);
  return write(actor, (tx, emit) => deleteStoredIn({ tx, emit, actor }, key));
}

/** The same within a transaction of a caller that has authorised it. */
export async function deleteStoredIn(
  { tx, emit, actor, news }: ChangeScope,
  key: StoredKey,
): Promise<boolean> {
  const before = await lockStored(tx, actor, key);
  if (!before) return false;
  await tx.storedResource.delete({ where: storedWhere(actor, key), select: { id: true } });
  await tellGateways(tx, actor, key);
  await emit(storedEvent(key, { before, after: null }, news));
  return true;
}

/** Domain names, their mappings and client certificates are what gateways use. */
async function tellGateways(
  tx: Transaction,
  { workspaceId }: Actor,
  { kind, parentId = "", id }: StoredKey,
): Promise<void> {
  if (kind === "domain-name") await recordConfigChange(tx, { kind: "domain", subject: id });
  if (kind === "base-path-mapping") await recordConfigChange(tx, { kind: "domain", subject: parentId });
  if (kind === "client-certificate") await recordConfigChange(tx, { kind, subject: `${workspaceId}/${id}` });
}
