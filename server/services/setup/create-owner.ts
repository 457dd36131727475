import { database } from "@/server/db/client";
import { transaction } from "@/server/db/transaction";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { publish } from "@/server/events/outbox";
import { insertPerson, passwordHashOf } from "@/server/services/person/insert-person";
import { dispatchCommitted } from "@/server/services/write";
import { ensureWorkspace } from "./ensure-workspace";

export type NewOwner = { name: string; email: string; password: string };

/** Whether this installation is new: nobody can sign in yet. */
export async function setupStatus(): Promise<{ needsOwner: boolean }> {
  return { needsOwner: (await database().user.count()) === 0 };
}

/** Makes the owner of the first workspace. CONFLICT when somebody can sign in already. */
export async function createOwner(input: NewOwner): Promise<Actor> {
  // Asked before the password is hashed, which is the expensive part, and again under the lock.
  if (!(await setupStatus()).needsOwner) throw alreadySetUp();
  const passwordHash = await passwordHashOf(input.password);
  const { name, email } = input;
  const owner = await transaction(async (tx): Promise<Actor> => {
    const { id: workspaceId } = await ensureWorkspace(tx);
    if ((await tx.user.count()) > 0) throw alreadySetUp();
    const userId = await insertPerson(tx, { workspaceId, name, email, passwordHash, role: "owner" });
    const actor: Actor = { userId, name, workspaceId, role: "owner", channel: "console" };
    await publish(tx, actor, { type: "person.added", subject: name, detail: { userId, role: "owner" } });
    return actor;
  });
  await dispatchCommitted();
  return owner;
}

function alreadySetUp(): ServiceError {
  return new ServiceError(
    "CONFLICT",
    "This installation has an owner already: sign in, or ask them to let you in",
  );
}
