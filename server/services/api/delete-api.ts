import { database } from "@/server/db/client";
import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { refuseUsed } from "@/server/services/stage/stage-use";
import { write } from "@/server/services/write";
import { requireApi } from "./find-api";

export type DeletedApi = { id: string; name: string; description: string; deletedAt: Date };

/**
 * Moves an API to the trash: its stages stop serving until it is restored. CONFLICT while something points at them, with
 * what that is, unless `force` is set; AWS does not ask.
 */
export async function deleteApi(
  actor: Actor,
  input: { apiId: string; force?: boolean },
): Promise<{ configChangeId: string }> {
  authorize(actor, "api:delete");
  return write(actor, async (tx, emit) => {
    const api = await requireApi(actor, input.apiId, tx);
    if (!input.force && actor.channel !== "aws") await refuseUsed(tx, actor, { apiId: api.id });
    await tx.api.update({ where: { id: api.id }, data: { deletedAt: new Date() }, select: { id: true } });
    const change = await recordConfigChange(tx, { kind: "api", subject: api.id });
    await emit({ type: "api.deleted", subject: api.name, detail: { apiId: api.id } });
    return { configChangeId: String(change) };
  });
}

/** Brings an API back from the trash; its stages serve what they served. */
export async function restoreApi(
  actor: Actor,
  input: { apiId: string },
): Promise<{ configChangeId: string }> {
  authorize(actor, "api:delete");
  return write(actor, async (tx, emit) => {
    const api = await tx.api.findFirst({
      where: { id: input.apiId, workspaceId: actor.workspaceId, deletedAt: { not: null } },
      select: { id: true, name: true },
    });
    if (!api) throw new ServiceError("NOT_FOUND", "There is no such API in the trash");
    await tx.api.update({ where: { id: api.id }, data: { deletedAt: null }, select: { id: true } });
    const change = await recordConfigChange(tx, { kind: "api", subject: api.id });
    await emit({ type: "api.restored", subject: api.name, detail: { apiId: api.id } });
    return { configChangeId: String(change) };
  });
}

/** What is in the trash, last deleted first. */
export async function listDeletedApis(actor: Actor): Promise<DeletedApi[]> {
  authorize(actor, "api:read");
  const rows = await database().api.findMany({
    where: { workspaceId: actor.workspaceId, deletedAt: { not: null } },
    orderBy: { deletedAt: "desc" },
    select: { id: true, name: true, description: true, deletedAt: true },
  });
  return rows.map((row) => ({ ...row, deletedAt: row.deletedAt as Date }));
}
