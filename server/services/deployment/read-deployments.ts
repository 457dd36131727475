import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { ApiDefinition } from "@/server/domain/definition";
import { ServiceError } from "@/server/domain/errors";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";

export type DeploymentHead = { id: string; number: number; description: string; createdAt: Date };
export type DeploymentRecord = DeploymentHead & { definition: ApiDefinition };

const HEAD = { id: true, number: true, description: true, createdAt: true } as const;

/** Every deployment of an API in the order they were made, without their definitions. */
export async function readDeployments(actor: Actor, input: { apiId: string }): Promise<DeploymentHead[]> {
  authorize(actor, "api:read");
  await requireApi(actor, input.apiId);
  return database().deployment.findMany({
    where: { apiId: input.apiId },
    orderBy: { number: "asc" },
    select: HEAD,
  });
}

/** One deployment with what it froze. */
export async function readDeployment(
  actor: Actor,
  input: { apiId: string; deploymentId: string },
): Promise<DeploymentRecord> {
  authorize(actor, "api:read");
  await requireApi(actor, input.apiId);
  const row = await database().deployment.findFirst({
    where: { id: input.deploymentId, apiId: input.apiId },
    select: { ...HEAD, snapshot: true },
  });
  if (!row) throw new ServiceError("NOT_FOUND", "There is no such deployment");
  const { snapshot, ...head } = row;
  return { ...head, definition: snapshot as unknown as ApiDefinition };
}
