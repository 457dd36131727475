import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findKey } from "./find-key";

/** Deletes a key for good. Its usage stays counted in its plans. */
export async function deleteKey(actor: Actor, input: { keyId: string }): Promise<void> {
  authorize(actor, "key:write");
  await write(actor, async (tx, emit) => {
    const key = await findKey(actor, input.keyId, tx);
    await tx.apiKey.delete({ where: { id: key.id }, select: { id: true } });
    await recordConfigChange(tx, { kind: "key", subject: key.id });
    await emit({ type: "key.deleted", subject: key.name, detail: { keyId: key.id } });
  });
}
