import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { Role } from "@/server/domain/permissions";
import { newId } from "@/server/services/new-id";

export type TestWorkspace = {
  id: string;
  owner: Actor;
  /** Somebody of this workspace with that role; not a stored person. */
  actor: (role: Role) => Actor;
};

/** A workspace that only the calling suite knows. */
export async function createTestWorkspace(name = "Test workspace"): Promise<TestWorkspace> {
  const id = newId(10);
  await database().workspace.create({ data: { id, name } });
  const actor = (role: Role): Actor => ({
    userId: null,
    name: `Test ${role}`,
    workspaceId: id,
    role,
    channel: "console",
  });
  return { id, owner: actor("owner"), actor };
}
