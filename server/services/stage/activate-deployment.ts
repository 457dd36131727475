import type { Transaction } from "@/server/db/client";
import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import { type StageConfig, stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { requireStorable } from "@/server/services/api/save-definition";
import { endRollouts } from "@/server/services/canary/end-rollouts";
import { readConfig } from "./find-stage";
import { recordStageEvent } from "./stage-event";

type Activation = {
  apiId: string;
  stageName: string;
  deployment: { id: string; number: number };
  kind: "deployed" | "rolled-back" | "promoted";
  /** More for the stage's history. */
  detail?: Record<string, unknown>;
  /** Settings of a stage that does not exist yet. */
  newStage?: {
    description?: string;
    variables?: Record<string, string>;
    tracingEnabled?: boolean;
    cacheClusterEnabled?: boolean;
    cacheClusterSize?: string;
    canary?: CanarySettings;
  };
};

/** Points a stage at a deployment, makes the stage if it is new, and tells the data planes. Returns the change's id. */
export async function activateDeployment(
  tx: Transaction,
  actor: Actor,
  activation: Activation,
): Promise<string> {
  const { apiId, stageName, deployment, kind, detail } = activation;
  const { id: stageId, previous } = await pointStage(tx, activation);
  if (endsCanary(kind)) {
    const reason = `${actor.name} ${kind} #${deployment.number} to the stage`;
    await endRollouts(tx, stageId, { status: "aborted", reason, now: new Date() });
  }
  await recordStageEvent(tx, actor, {
    stageId,
    kind,
    deploymentId: deployment.id,
    detail: { ...detail, number: deployment.number, ...(previous ? { previousDeploymentId: previous } : {}) },
  });
  const change = await recordConfigChange(tx, { kind: "stage", subject: `${apiId}/${stageName}` });
  return String(change);
}

/** A deployment that is no canary's ends the canary (recorded); moving to an older one leaves it. */
const endsCanary = (kind: Activation["kind"]) => kind !== "rolled-back";

async function pointStage(tx: Transaction, { apiId, stageName, deployment, kind, newStage }: Activation) {
  const key = { apiId_name: { apiId, name: stageName } };
  const select = { id: true, deploymentId: true, config: true };
  const present = await tx.stage.findUnique({ where: key, select });
  if (present) {
    const config = { ...readConfig(present.config), ...(endsCanary(kind) ? { canary: null } : {}) };
    const data = { deploymentId: deployment.id, config: requireStorable(config) };
    await tx.stage.update({ where: key, data, select: { id: true } });
    return { id: present.id, previous: present.deploymentId };
  }
  const config = newStageConfig(stageName, newStage);
  const created = await tx.stage.create({
    data: {
      apiId,
      name: stageName,
      description: newStage?.description ?? "",
      deploymentId: deployment.id,
      config: requireStorable(config),
    },
    select: { id: true },
  });
  return { id: created.id, previous: null };
}

function newStageConfig(
  stageName: string,
  { description: _, ...settings }: NonNullable<Activation["newStage"]> = {},
): StageConfig {
  const parsed = stageConfigSchema.safeParse({ stageName, ...settings });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ServiceError("INVALID", issue?.message ?? "The stage is not valid", {
    fieldPath: issue?.path.join("."),
  });
}
