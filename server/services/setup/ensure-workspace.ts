import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { newId } from "@/server/services/new-id";

const WORKSPACE_NAME = "My workspace";

/** The installation's first workspace, made if there is none. One caller at a time. */
export async function ensureWorkspace(tx: Transaction): Promise<{ id: string; seededAt: Date | null }> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('gatehouse-setup'))`;
  const select = { id: true, seededAt: true };
  const present = await tx.workspace.findFirst({ orderBy: { createdAt: "asc" }, select });
  return present ?? tx.workspace.create({ data: { id: newId(10), name: WORKSPACE_NAME }, select });
}

/** The installation itself as the one who does something. */
export function systemActor(workspaceId: string): Actor {
  return { userId: null, name: "Gatehouse", workspaceId, role: "owner", channel: "system" };
}
