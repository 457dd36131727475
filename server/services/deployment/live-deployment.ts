import { database, type Transaction } from "@/server/db/client";
import type { ApiDefinition } from "@/server/domain/definition";
import type { DeploymentRow } from "./find-deployment";

/** What a stage serves; without a stage, the newest deployment. Null when there is none yet. */
export async function liveDeployment(
  { apiId, stageName }: { apiId: string; stageName?: string },
  tx: Transaction = database(),
): Promise<DeploymentRow | null> {
  const row = await tx.deployment.findFirst({
    where: { apiId, ...(stageName ? { stages: { some: { name: stageName } } } : {}) },
    orderBy: { number: "desc" },
    select: { id: true, number: true, hash: true, snapshot: true },
  });
  if (!row) return null;
  const { snapshot, ...rest } = row;
  return { ...rest, definition: snapshot as unknown as ApiDefinition };
}
