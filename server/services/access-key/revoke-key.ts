import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findAccessKey } from "./find-key";

/** Revokes an access key at once and for good. */
export async function revokeAccessKey(actor: Actor, input: { accessKeyId: string }): Promise<void> {
  authorize(actor, "token:write");
  await write(actor, async (tx, emit) => {
    const key = await findAccessKey(actor, input.accessKeyId, tx);
    if (key.revokedAt) return;
    await tx.accessKey.update({
      where: { id: key.id },
      data: { revokedAt: new Date() },
      select: { id: true },
    });
    await recordConfigChange(tx, { kind: "access-key", subject: key.id });
    await emit({ type: "access-key.revoked", subject: key.name, detail: { accessKeyId: key.id } });
  });
}
