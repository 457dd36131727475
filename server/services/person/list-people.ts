import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { Role } from "@/server/domain/permissions";
import { authorize } from "@/server/services/authorize";

export type PersonView = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
  isYou: boolean;
};

/** The members of the workspace by name. */
export async function listPeople(actor: Actor): Promise<PersonView[]> {
  authorize(actor, "people:read");
  const rows = await database().membership.findMany({
    where: { workspaceId: actor.workspaceId },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
    select: { role: true, createdAt: true, user: { select: { id: true, name: true, email: true } } },
  });
  return rows.map(({ role, createdAt, user }) => ({
    userId: user.id,
    name: user.name,
    email: user.email,
    role,
    createdAt,
    isYou: user.id === actor.userId,
  }));
}
