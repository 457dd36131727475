import type { Actor } from "@/server/domain/actor";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { findDeployment } from "./find-deployment";

/** Changes a deployment's description: the only thing about it that can change. */
export async function describeDeployment(
  actor: Actor,
  input: { apiId: string; deploymentId: string; description: string },
): Promise<void> {
  authorize(actor, "api:deploy");
  await write(actor, async (tx, emit) => {
    const api = await requireApi(actor, input.apiId, tx);
    const { id } = await findDeployment(actor, input, tx);
    await tx.deployment.update({
      where: { id },
      data: { description: input.description },
      select: { id: true },
    });
    await emit({
      type: "deployment.changed",
      subject: api.name,
      detail: { apiId: api.id, deploymentId: id },
    });
  });
}
