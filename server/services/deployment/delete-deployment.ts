import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { lockApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findDeployment } from "./find-deployment";

/** Deletes a deployment for good. CONFLICT while a stage serves it, be it to a canary. */
export async function deleteDeployment(
  actor: Actor,
  input: { apiId: string; deploymentId: string },
): Promise<void> {
  authorize(actor, "api:deploy");
  await write(actor, async (tx, emit) => {
    const api = await lockApi(tx, actor, input.apiId);
    const { id, number } = await findDeployment(actor, input, tx);
    const asCanary = { config: { path: ["canary", "deploymentId"], equals: id } };
    const stages = await tx.stage.findMany({
      where: { apiId: api.id, OR: [{ deploymentId: id }, asCanary] },
      select: { name: true },
    });
    if (stages.length > 0) {
      const names = stages.map(({ name }) => name).join(", ");
      throw new ServiceError("CONFLICT", `The deployment is served by ${names}`, {
        details: { stages: stages.map(({ name }) => name) },
      });
    }
    await tx.deployment.delete({ where: { id }, select: { id: true } });
    await emit({
      type: "deployment.deleted",
      subject: api.name,
      detail: { apiId: api.id, deploymentId: id, number },
    });
  });
}
