import type { Actor } from "@/server/domain/actor";
import type { Role } from "@/server/domain/permissions";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { lockPerson, refuseLastOwner } from "./find-person";

/** Gives a member another role, from their next request on. */
export async function setRole(actor: Actor, input: { userId: string; role: Role }): Promise<void> {
  authorize(actor, "people:write");
  await write(actor, async (tx, emit) => {
    const person = await lockPerson(tx, actor, input.userId);
    if (person.role === input.role) return;
    if (person.role === "owner") await refuseLastOwner(tx, actor, person.userId);
    await tx.membership.update({
      where: { workspaceId_userId: { workspaceId: actor.workspaceId, userId: person.userId } },
      data: { role: input.role },
      select: { userId: true },
    });
    await emit({
      type: "person.role-changed",
      subject: person.name,
      detail: { userId: person.userId, from: person.role, to: input.role },
    });
  });
}
