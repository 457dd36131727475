import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import { lockApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { requireCanaryDeployment } from "@/server/services/canary/require-canary-deployment";
import { findDeployment } from "@/server/services/deployment/find-deployment";
import { write } from "@/server/services/write";
import { activateDeployment } from "./activate-deployment";

type Input = {
  apiId: string;
  stageName: string;
  deploymentId: string;
  description?: string;
  variables?: Record<string, string>;
  tracingEnabled?: boolean;
  cacheClusterEnabled?: boolean;
  cacheClusterSize?: string;
  canary?: CanarySettings;
};

/** Makes a stage that serves a deployment there is. CONFLICT if the API has a stage of this name. */
export async function createStage(actor: Actor, input: Input): Promise<{ configChangeId: string }> {
  authorize(actor, "api:deploy");
  const { apiId, stageName, deploymentId, ...newStage } = input;
  return write(actor, async (tx, emit) => {
    const api = await lockApi(tx, actor, apiId);
    const present = await tx.stage.findUnique({
      where: { apiId_name: { apiId, name: stageName } },
      select: { id: true },
    });
    if (present) throw new ServiceError("CONFLICT", "Stage already exists", { fieldPath: "stageName" });
    const deployment = await findDeployment(actor, { apiId, deploymentId }, tx);
    if (newStage.canary) await requireCanaryDeployment(tx, apiId, newStage.canary.deploymentId);
    const configChangeId = await activateDeployment(tx, actor, {
      apiId,
      stageName,
      deployment,
      kind: "deployed",
      newStage,
    });
    await emit({
      type: "stage.deployed",
      subject: `${api.name} › ${stageName}`,
      detail: { apiId, stageName, deploymentId, number: deployment.number },
    });
    return { configChangeId };
  });
}
