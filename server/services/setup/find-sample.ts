import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { StageConfig } from "@/server/gateway/snapshot/stage-config";
import { updateStage } from "@/server/services/stage/update-stage";
import { sha256 } from "@/server/toolkit/sha256";

export type SampleStage = { apiId: string; stageName: string };

/** The stage that the sample's key opens, as long as nobody has taken API, stage, plan or key away. */
export async function findSample(actor: Actor, keyValue: string): Promise<SampleStage | null> {
  const stage = await database().stage.findFirst({
    where: {
      api: { workspaceId: actor.workspaceId, deletedAt: null },
      plans: { some: { plan: { keys: { some: { key: { valueHash: sha256(keyValue), enabled: true } } } } } },
    },
    orderBy: { createdAt: "asc" },
    select: { apiId: true, name: true },
  });
  return stage && { apiId: stage.apiId, stageName: stage.name };
}

/** The demo backend may have got another port: the sample follows it, unless somebody pointed it elsewhere. */
export async function followBackend(actor: Actor, sample: SampleStage, backend: string): Promise<void> {
  const row = await database().stage.findUniqueOrThrow({
    where: { apiId_name: { apiId: sample.apiId, name: sample.stageName } },
    select: { config: true },
  });
  const { variables } = row.config as unknown as StageConfig;
  const current = variables.backend;
  if (current === undefined || current === backend || !/^(127\.0\.0\.1|localhost):\d+$/.test(current)) return;
  await updateStage(actor, { ...sample, changes: { variables: { ...variables, backend } } });
}
