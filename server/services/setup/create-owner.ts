import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { newId } from "@/server/services/new-id";
import { insertPerson, passwordHashOf } from "@/server/services/person/insert-person";
import { write } from "@/server/services/write";

export type NewOwner = { name: string; email: string; password: string };

const WORKSPACE_NAME = "My workspace";

/** Whether this installation is new: nobody can sign in yet. */
export async function setupStatus(): Promise<{ needsOwner: boolean }> {
  return { needsOwner: (await database().user.count()) === 0 };
}

/** Makes the first workspace and its owner. CONFLICT when somebody can sign in already. */
export async function createOwner(input: NewOwner): Promise<Actor> {
  const { needsOwner } = await setupStatus();
  if (!needsOwner) throw alreadySetUp();
  const passwordHash = await passwordHashOf(input.password);
  const actor: Actor = {
    userId: null,
    name: input.name,
    workspaceId: newId(10),
    role: "owner",
    channel: "system",
  };
  const userId = await write(actor, async (tx, emit) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('setup'))`;
    if ((await tx.user.count()) > 0) throw alreadySetUp();
    const { workspaceId } = actor;
    await tx.workspace.create({ data: { id: workspaceId, name: WORKSPACE_NAME }, select: { id: true } });
    const id = await insertPerson(tx, { ...input, workspaceId, role: "owner", passwordHash });
    await emit({ type: "workspace.created", subject: WORKSPACE_NAME, detail: { userId: id } });
    return id;
  });
  return { ...actor, userId, channel: "console" };
}

function alreadySetUp(): ServiceError {
  return new ServiceError(
    "CONFLICT",
    "This installation has an owner already: sign in, or ask them to let you in",
  );
}
