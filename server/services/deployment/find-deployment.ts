import { database, type Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { ApiDefinition } from "@/server/domain/definition";
import { ServiceError } from "@/server/domain/errors";
import { requireApi } from "@/server/services/api/find-api";

export type DeploymentRow = { id: string; number: number; hash: string; definition: ApiDefinition };

/** A deployment of an API of the actor's workspace; NOT_FOUND otherwise. */
export async function findDeployment(
  actor: Actor,
  { apiId, deploymentId }: { apiId: string; deploymentId: string },
  tx: Transaction = database(),
): Promise<DeploymentRow> {
  await requireApi(actor, apiId, tx);
  const row = await tx.deployment.findFirst({
    where: { id: deploymentId, apiId },
    select: { id: true, number: true, hash: true, snapshot: true },
  });
  if (!row) throw new ServiceError("NOT_FOUND", "There is no such deployment");
  const { snapshot, ...rest } = row;
  return { ...rest, definition: snapshot as unknown as ApiDefinition };
}
