import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { checkDefinition } from "@/server/domain/check/check-definition";
import type { Problem } from "@/server/domain/check/problem";
import type { DiffEntry } from "@/server/domain/diff/diff-entry";
import { ServiceError } from "@/server/domain/errors";
import { compareSettings, type SettingDifference } from "@/server/domain/stage/compare-settings";
import { compareVariables, type VariableDifference } from "@/server/domain/stage/compare-variables";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { authorize } from "@/server/services/authorize";
import { changesSince } from "@/server/services/deployment/changes-since";
import { findDeployment } from "@/server/services/deployment/find-deployment";
import { findStage } from "../find-stage";
import { type StageUse, stageUse } from "../stage-use";
import { pickVariables } from "./pick-variables";

type Served = { stageName: string; deploymentId: string; number: number; description: string };

export type PromotionPreview = {
  source: Served;
  /** Null for a stage that the promotion would make. */
  target: Served | null;
  /** Both serve the same deployment already. */
  isSame: boolean;
  changes: DiffEntry[];
  /** With the target's variables and those that shall be copied. */
  problems: Problem[];
  variables: VariableDifference[];
  settings: SettingDifference[];
  /** The target's canary, which a promotion ends. */
  canary: { number: number; percentTraffic: number } | null;
  use: StageUse;
};

/** What giving a stage another stage's deployment would change there, and for whom. */
export async function previewPromotion(
  actor: Actor,
  input: { apiId: string; from: string; to: string; copyVariables?: string[] },
): Promise<PromotionPreview> {
  authorize(actor, "api:read");
  const { apiId, from, to, copyVariables = [] } = input;
  if (from === to)
    throw new ServiceError("INVALID", "A stage is promoted to another one", { fieldPath: "to" });
  const source = await findStage(actor, { apiId, stageName: from });
  const target = await targetOf(actor, { apiId, stageName: to });
  const shipped = await findDeployment(actor, { apiId, deploymentId: source.deploymentId });
  const served = target && (await findDeployment(actor, { apiId, deploymentId: target.deploymentId }));
  const config = target?.config ?? stageConfigSchema.parse({ stageName: to });
  const stageVariables = pickVariables({ source: source.config, target: config }, copyVariables);
  const canaryId = config.canary?.deploymentId;
  const canary = canaryId ? await findDeployment(actor, { apiId, deploymentId: canaryId }) : null;
  const descriptions = await describe([shipped.id, ...(served ? [served.id] : [])]);
  const view = ({ id, number }: { id: string; number: number }, stageName: string) => ({
    stageName,
    deploymentId: id,
    number,
    description: descriptions.get(id) ?? "",
  });
  return {
    source: view(shipped, from),
    target: served && view(served, to),
    isSame: served?.id === shipped.id,
    changes: changesSince(served?.definition ?? null, shipped.definition),
    problems: checkDefinition(shipped.definition, { stageVariables }),
    variables: compareVariables(source.config.variables, config.variables),
    settings: compareSettings(source.config, config),
    canary: canary && { number: canary.number, percentTraffic: config.canary?.percentTraffic ?? 0 },
    use: await stageUse({ workspaceId: actor.workspaceId, apiId, stageName: to }),
  };
}

function targetOf(actor: Actor, stage: { apiId: string; stageName: string }) {
  return findStage(actor, stage).catch((error) => {
    if (error instanceof ServiceError && error.code === "NOT_FOUND") return null;
    throw error;
  });
}

async function describe(ids: string[]): Promise<Map<string, string>> {
  const rows = await database().deployment.findMany({
    where: { id: { in: ids } },
    select: { id: true, description: true },
  });
  return new Map(rows.map((row) => [row.id, row.description]));
}
