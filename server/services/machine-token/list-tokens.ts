import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { Role } from "@/server/domain/permissions";
import { authorize } from "@/server/services/authorize";

export type TokenView = {
  id: string;
  name: string;
  role: Role;
  tokenHint: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

/** Machine tokens, newest first, revoked ones included. */
export async function listTokens(actor: Actor): Promise<TokenView[]> {
  authorize(actor, "token:read");
  return database().machineToken.findMany({
    where: { workspaceId: actor.workspaceId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: {
      id: true,
      name: true,
      role: true,
      tokenHint: true,
      createdAt: true,
      lastUsedAt: true,
      revokedAt: true,
    },
  });
}
