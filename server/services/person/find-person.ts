import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";

/** A member of the actor's workspace, with the members locked until the transaction ends. */
export async function lockPerson(tx: Transaction, actor: Actor, userId: string) {
  const { workspaceId } = actor;
  await tx.$queryRaw`select "userId" from "Membership" where "workspaceId" = ${workspaceId} order by "userId" for update`;
  const membership = await tx.membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { role: true, user: { select: { id: true, name: true } } },
  });
  if (!membership) throw new ServiceError("NOT_FOUND", "There is no such person in this workspace");
  return { userId, name: membership.user.name, role: membership.role };
}

/** Throws CONFLICT if nobody but `userId` is an owner: a workspace without one could not be managed. */
export async function refuseLastOwner(tx: Transaction, actor: Actor, userId: string): Promise<void> {
  const others = await tx.membership.count({
    where: { workspaceId: actor.workspaceId, role: "owner", userId: { not: userId } },
  });
  if (others === 0)
    throw new ServiceError("CONFLICT", "A workspace needs an owner: make somebody else one first");
}
