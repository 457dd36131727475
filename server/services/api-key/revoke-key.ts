import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findKey } from "./find-key";

/** Switches a key off: requests with it are refused within seconds. */
export function revokeKey(actor: Actor, input: { keyId: string }): Promise<{ configChangeId: string }> {
  return setEnabled(actor, { ...input, enabled: false });
}

/** Switches a revoked key on again. */
export function restoreKey(actor: Actor, input: { keyId: string }): Promise<{ configChangeId: string }> {
  return setEnabled(actor, { ...input, enabled: true });
}

async function setEnabled(actor: Actor, { keyId, enabled }: { keyId: string; enabled: boolean }) {
  authorize(actor, "key:revoke");
  return write(actor, async (tx, emit) => {
    const key = await findKey(actor, keyId, tx);
    await tx.apiKey.update({ where: { id: key.id }, data: { enabled }, select: { id: true } });
    const change = await recordConfigChange(tx, { kind: "key", subject: key.id });
    await emit({
      type: enabled ? "key.restored" : "key.revoked",
      subject: key.name,
      detail: { keyId: key.id },
    });
    return { configChangeId: String(change) };
  });
}
