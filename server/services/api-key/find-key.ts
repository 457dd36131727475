import { database, type Prisma, type Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";

export const KEY_PARTS = {
  plans: {
    orderBy: { createdAt: "asc" as const },
    select: {
      createdAt: true,
      plan: { select: { id: true, name: true, quotaLimit: true, quotaOffset: true, quotaPeriod: true } },
    },
  },
} satisfies Prisma.ApiKeyInclude;

/** An API key of the actor's workspace; NOT_FOUND otherwise. */
export async function findKey(actor: Actor, keyId: string, tx: Transaction = database()) {
  const row = await tx.apiKey.findFirst({
    where: { id: keyId, workspaceId: actor.workspaceId },
    include: KEY_PARTS,
  });
  if (!row) throw new ServiceError("NOT_FOUND", "There is no such API key");
  return row;
}

export type KeyRow = Awaited<ReturnType<typeof findKey>>;
