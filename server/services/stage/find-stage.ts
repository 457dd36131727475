import { database, type Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import type { StageConfig } from "@/server/gateway/snapshot/stage-config";
import { requireApi } from "@/server/services/api/find-api";

export type StageRow = {
  id: string;
  apiId: string;
  apiName: string;
  name: string;
  description: string;
  deploymentId: string;
  config: StageConfig;
  createdAt: Date;
  updatedAt: Date;
};

/** A stage of an API of the actor's workspace; NOT_FOUND otherwise. */
export async function findStage(
  actor: Actor,
  { apiId, stageName }: { apiId: string; stageName: string },
  tx: Transaction = database(),
): Promise<StageRow> {
  const api = await requireApi(actor, apiId, tx);
  const row = await tx.stage.findUnique({ where: { apiId_name: { apiId, name: stageName } } });
  if (!row) throw new ServiceError("NOT_FOUND", `There is no stage ${stageName}`);
  return { ...row, apiName: api.name, config: readConfig(row.config) };
}

/** As findStage, and nobody else changes it until the transaction ends. */
export async function lockStage(
  tx: Transaction,
  actor: Actor,
  stage: { apiId: string; stageName: string },
): Promise<StageRow> {
  await tx.$queryRaw`select id from "Stage" where "apiId" = ${stage.apiId} and name = ${stage.stageName} for update`;
  return findStage(actor, stage, tx);
}

/** How events and people call a stage. */
export function stageSubject(stage: { apiName: string; name: string }): string {
  return `${stage.apiName} › ${stage.name}`;
}

/** A stored configuration. Stages from before there were canaries say nothing of them. */
export function readConfig(stored: unknown): StageConfig {
  const config = stored as StageConfig;
  return { ...config, canary: config.canary ?? null };
}
