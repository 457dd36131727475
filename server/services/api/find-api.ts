import { database, type Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { ApiDefinition } from "@/server/domain/definition";
import { ServiceError } from "@/server/domain/errors";

export type ApiRow = {
  id: string;
  name: string;
  description: string;
  revision: number;
  definition: ApiDefinition;
  definitionHash: string;
  createdAt: Date;
  updatedAt: Date;
};

/** The API with its draft; NOT_FOUND if it is deleted or of another workspace. */
export async function findApi(actor: Actor, apiId: string, tx: Transaction = database()): Promise<ApiRow> {
  const row = await tx.api.findFirst({
    where: { id: apiId, workspaceId: actor.workspaceId, deletedAt: null },
  });
  if (!row) throw new ServiceError("NOT_FOUND", "There is no such API");
  return { ...row, definition: row.definition as unknown as ApiDefinition };
}

/** As findApi, and nobody else changes it until the transaction ends. */
export async function lockApi(tx: Transaction, actor: Actor, apiId: string): Promise<ApiRow> {
  await tx.$queryRaw`select id from "Api" where id = ${apiId} and "workspaceId" = ${actor.workspaceId} for update`;
  return findApi(actor, apiId, tx);
}

/** Throws NOT_FOUND unless the API is there: for services that need nothing of its draft. */
export async function requireApi(
  actor: Actor,
  apiId: string,
  tx: Transaction = database(),
): Promise<{ id: string; name: string }> {
  const row = await tx.api.findFirst({
    where: { id: apiId, workspaceId: actor.workspaceId, deletedAt: null },
    select: { id: true, name: true },
  });
  if (!row) throw new ServiceError("NOT_FOUND", "There is no such API");
  return row;
}
