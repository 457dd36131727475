import type { Actor } from "@/server/domain/actor";
import type { Role } from "@/server/domain/permissions";
import { authorize } from "@/server/services/authorize";
import { newId, newSecret } from "@/server/services/new-id";
import { write } from "@/server/services/write";
import { sha256 } from "@/server/toolkit/sha256";

/** Makes a machine token with a role of its own. `token` is returned this once: only its hash is kept. */
export async function createToken(
  actor: Actor,
  input: { name: string; role: Role },
): Promise<{ tokenId: string; token: string }> {
  authorize(actor, "token:write");
  const tokenId = newId(10);
  const token = `gh_${newSecret()}`;
  await write(actor, async (tx, emit) => {
    await tx.machineToken.create({
      data: {
        id: tokenId,
        workspaceId: actor.workspaceId,
        name: input.name,
        role: input.role,
        tokenHash: sha256(token),
        tokenHint: token.slice(-4),
      },
      select: { id: true },
    });
    await emit({ type: "token.created", subject: input.name, detail: { tokenId, role: input.role } });
  });
  return { tokenId, token };
}
