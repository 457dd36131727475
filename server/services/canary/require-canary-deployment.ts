import type { Transaction } from "@/server/db/client";
import { ServiceError } from "@/server/domain/errors";

/** A canary serves a deployment of its own API; INVALID otherwise. Returns its number. */
export async function requireCanaryDeployment(
  tx: Transaction,
  apiId: string,
  deploymentId: string,
): Promise<number> {
  const row = await tx.deployment.findFirst({ where: { id: deploymentId, apiId }, select: { number: true } });
  if (!row) {
    throw new ServiceError("INVALID", "There is no such deployment for the canary", {
      fieldPath: "canary.deploymentId",
    });
  }
  return row.number;
}
