import type { Transaction } from "@/server/db/client";
import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import type { MethodSetting, StageConfig } from "@/server/gateway/snapshot/stage-config";
import { requireStorable } from "@/server/services/api/save-definition";
import { endRollouts } from "@/server/services/canary/end-rollouts";
import { requireCanaryDeployment } from "@/server/services/canary/require-canary-deployment";
import { findDeployment } from "@/server/services/deployment/find-deployment";
import { requireClientCertificate } from "@/server/services/stored-resource/client-certificate-use";
import type { Emit } from "@/server/services/write";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import { activateDeployment } from "./activate-deployment";
import { changedConfig, changedNames } from "./changed-config";
import { type StageRow, stageSubject } from "./find-stage";
import { recordStageEvent, type StageEventKind } from "./stage-event";

export type StageChanges = {
  description?: string;
  /** Each of these replaces the whole value it names. */
  variables?: Record<string, string>;
  /** A method's settings that are left out get their defaults. */
  methodSettings?: Record<string, { [Field in keyof MethodSetting]?: unknown }>;
  accessLogFormat?: string | null;
  tracingEnabled?: boolean;
  cacheClusterEnabled?: boolean;
  /** GB. */
  cacheClusterSize?: string;
  requestLog?: NonNullable<StageConfig["requestLog"]>;
  requestLogPercent?: number;
  rateLimitHeaders?: StageConfig["rateLimitHeaders"];
  /** Null takes it away. */
  clientCertificateId?: string | null;
  /** Null takes the canary away. */
  canary?: CanarySettings | null;
  /** What the stage serves from now on. */
  deploymentId?: string;
};

export type ChangeScope = { tx: Transaction; emit: Emit; actor: Actor };

/** Changes a stage that is locked: settings, canary and deployment at once, with history, events and word to the data planes. */
export async function changeStage(
  { tx, emit, actor }: ChangeScope,
  stage: StageRow,
  changes: StageChanges,
): Promise<{ config: StageConfig; configChangeId: string }> {
  const { description = stage.description, deploymentId, ...settings } = changes;
  const config = changedConfig(stage.config, settings);
  if (config.canary && config.canary.deploymentId !== stage.config.canary?.deploymentId) {
    await requireCanaryDeployment(tx, stage.apiId, config.canary.deploymentId);
  }
  if (config.clientCertificateId && config.clientCertificateId !== stage.config.clientCertificateId) {
    await requireClientCertificate(tx, actor, config.clientCertificateId);
  }
  await tx.stage.update({
    where: { id: stage.id },
    data: { config: requireStorable(config), description },
    select: { id: true },
  });
  const about = { apiId: stage.apiId, stageName: stage.name };
  const kind = canaryEvent(stage, config, deploymentId);
  const changed = changedNames(changes, stage, { description, config });
  if (kind) {
    const detail = canaryDetail(stage, config);
    await recordStageEvent(tx, actor, { stageId: stage.id, kind, detail });
    await emit({ type: `stage.${kind}`, subject: stageSubject(stage), detail: { ...about, ...detail } });
    await decideRollouts({ tx, actor }, stage, { kind, ...detail });
  } else if (changed.length > 0) {
    await recordStageEvent(tx, actor, { stageId: stage.id, kind: "settings-changed", detail: { changed } });
    await emit({
      type: "stage.settings-changed",
      subject: stageSubject(stage),
      detail: { ...about, changed },
    });
  }
  if (deploymentId === undefined || deploymentId === stage.deploymentId) {
    const change = await recordConfigChange(tx, { kind: "stage", subject: `${stage.apiId}/${stage.name}` });
    return { config, configChangeId: String(change) };
  }
  const deployment = await findDeployment(actor, { apiId: stage.apiId, deploymentId }, tx);
  const configChangeId = await activateDeployment(tx, actor, { ...about, deployment, kind: "rolled-back" });
  await emit({
    type: "stage.rolled-back",
    subject: stageSubject(stage),
    detail: { ...about, deploymentId, number: deployment.number },
  });
  return { config, configChangeId };
}

/** Who changes a canary by hand takes it out of the hands of the analysis. */
async function decideRollouts(
  { tx, actor }: Pick<ChangeScope, "tx" | "actor">,
  stage: StageRow,
  change: { kind: StageEventKind; percentTraffic: number | null; previousPercentTraffic: number | null },
): Promise<void> {
  const now = new Date();
  if (change.kind === "canary-promoted") {
    await endRollouts(tx, stage.id, { status: "promoted", reason: `${actor.name} promoted the canary`, now });
  } else if (change.kind === "canary-removed") {
    await endRollouts(tx, stage.id, { status: "aborted", reason: `${actor.name} removed the canary`, now });
  } else if (change.kind === "canary-changed" && change.percentTraffic !== change.previousPercentTraffic) {
    await endRollouts(tx, stage.id, { status: "ended", reason: `${actor.name} set the share by hand`, now });
  }
}

/** What happened to the canary; null for nothing. */
function canaryEvent(stage: StageRow, config: StageConfig, deploymentId?: string): StageEventKind | null {
  const before = stage.config.canary;
  const after = config.canary;
  if (before && deploymentId === before.deploymentId && deploymentId !== stage.deploymentId) {
    return "canary-promoted";
  }
  if (canonicalJson(before) === canonicalJson(after)) return null;
  if (!after) return "canary-removed";
  return before ? "canary-changed" : "canary-started";
}

function canaryDetail({ config: before }: StageRow, config: StageConfig) {
  const canary = config.canary ?? before.canary;
  return {
    canaryDeploymentId: canary?.deploymentId,
    percentTraffic: config.canary?.percentTraffic ?? null,
    previousPercentTraffic: before.canary?.percentTraffic ?? null,
  };
}
