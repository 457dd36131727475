import type { Actor } from "@/server/domain/actor";
import { type MethodRoute, methodRoutes } from "@/server/domain/stage/method-routes";
import { authorize } from "@/server/services/authorize";
import { findDeployment } from "@/server/services/deployment/find-deployment";
import { findStage } from "./find-stage";

/** The methods that a stage serves now, by path; those of a canary are left out. */
export async function stageMethods(
  actor: Actor,
  input: { apiId: string; stageName: string },
): Promise<MethodRoute[]> {
  authorize(actor, "api:read");
  const { apiId, deploymentId } = await findStage(actor, input);
  const { definition } = await findDeployment(actor, { apiId, deploymentId });
  return methodRoutes(definition);
}
