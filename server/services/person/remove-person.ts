import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { lockPerson, refuseLastOwner } from "./find-person";

/** Removes a member and ends their sessions. What they did stays in the history under their name. */
export async function removePerson(actor: Actor, input: { userId: string }): Promise<void> {
  authorize(actor, "people:write");
  await write(actor, async (tx, emit) => {
    const person = await lockPerson(tx, actor, input.userId);
    if (person.role === "owner") await refuseLastOwner(tx, actor, person.userId);
    const { workspaceId } = actor;
    await tx.membership.delete({ where: { workspaceId_userId: { workspaceId, userId: person.userId } } });
    const elsewhere = await tx.membership.count({ where: { userId: person.userId } });
    if (elsewhere === 0) await tx.user.delete({ where: { id: person.userId }, select: { id: true } });
    await emit({ type: "person.removed", subject: person.name, detail: { userId: person.userId } });
  });
}
