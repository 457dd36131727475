import type { Actor } from "@/server/domain/actor";
import type { Role } from "@/server/domain/permissions";
import { authorize } from "@/server/services/authorize";
import { newSecret } from "@/server/services/new-id";
import { write } from "@/server/services/write";
import { insertPerson, passwordHashOf } from "./insert-person";

const TEMPORARY_PASSWORD_LENGTH = 16;

/** Lets somebody in. The password is returned this once, to be handed over; they change it under their account. */
export async function createPerson(
  actor: Actor,
  input: { name: string; email: string; role: Role },
): Promise<{ userId: string; temporaryPassword: string }> {
  authorize(actor, "people:write");
  const temporaryPassword = newSecret(TEMPORARY_PASSWORD_LENGTH);
  const passwordHash = await passwordHashOf(temporaryPassword);
  const userId = await write(actor, async (tx, emit) => {
    const id = await insertPerson(tx, { ...input, workspaceId: actor.workspaceId, passwordHash });
    await emit({ type: "person.added", subject: input.name, detail: { userId: id, role: input.role } });
    return id;
  });
  return { userId, temporaryPassword };
}
