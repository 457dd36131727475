import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findKey } from "./find-key";

export type KeyChanges = { name?: string; description?: string; customerId?: string | null };

/** Changes what is written on a key. Its value never changes. */
export async function updateKey(actor: Actor, input: { keyId: string; changes: KeyChanges }): Promise<void> {
  authorize(actor, "key:write");
  const { name, description, customerId } = input.changes;
  await write(actor, async (tx, emit) => {
    const key = await findKey(actor, input.keyId, tx);
    await tx.apiKey.update({
      where: { id: key.id },
      data: {
        name: name ?? key.name,
        description: description ?? key.description,
        customerId: customerId === undefined ? key.customerId : customerId || null,
      },
      select: { id: true },
    });
    // Templates see the key's id and its customer, so the data planes have to know.
    await recordConfigChange(tx, { kind: "key", subject: key.id });
    await emit({
      type: "key.changed",
      subject: name ?? key.name,
      detail: { keyId: key.id, changed: Object.keys(input.changes) },
    });
  });
}
