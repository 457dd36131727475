import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";

/** Revokes a machine token at once and for good. */
export async function revokeToken(actor: Actor, input: { tokenId: string }): Promise<void> {
  authorize(actor, "token:write");
  await write(actor, async (tx, emit) => {
    const token = await tx.machineToken.findFirst({
      where: { id: input.tokenId, workspaceId: actor.workspaceId },
      select: { id: true, name: true, revokedAt: true },
    });
    if (!token) throw new ServiceError("NOT_FOUND", "There is no such machine token");
    if (token.revokedAt) return;
    await tx.machineToken.update({
      where: { id: token.id },
      data: { revokedAt: new Date() },
      select: { id: true },
    });
    await emit({ type: "token.revoked", subject: token.name, detail: { tokenId: token.id } });
  });
}
