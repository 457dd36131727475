import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { DiffSummary } from "@/server/domain/diff/diff-summary";
import { MOST_DEPLOYMENTS_LISTED } from "@/server/domain/most-deployments-listed";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { readConfig } from "@/server/services/stage/find-stage";

export type DeploymentListItem = {
  id: string;
  number: number;
  description: string;
  actorName: string;
  createdAt: Date;
  /** How many things changed against the newest deployment of then, which may be deleted by now. */
  changes: number;
  /** That deployment's number; null if there was none. */
  baseNumber: number | null;
  /** Null for deployments of before it was kept. */
  changeSummary: DiffSummary | null;
  hash: string;
  /** Names of the stages that serve it now. */
  liveOn: string[];
  /** Names of the stages whose canary it is. */
  canaryOn: string[];
};

/** The newest deployments, at most MOST_DEPLOYMENTS_LISTED, of an API, newest first. */
export async function listDeployments(actor: Actor, input: { apiId: string }): Promise<DeploymentListItem[]> {
  authorize(actor, "api:read");
  await requireApi(actor, input.apiId);
  const rows = await database().deployment.findMany({
    where: { apiId: input.apiId },
    orderBy: { number: "desc" },
    take: MOST_DEPLOYMENTS_LISTED,
    select: {
      id: true,
      number: true,
      description: true,
      actorName: true,
      createdAt: true,
      changes: true,
      baseNumber: true,
      changeSummary: true,
      hash: true,
      stages: { select: { name: true }, orderBy: { name: "asc" } },
    },
  });
  const canaries = await canariesOf(input.apiId);
  return rows.map(({ stages, changeSummary, ...row }) => ({
    ...row,
    changeSummary: changeSummary as DiffSummary | null,
    liveOn: stages.map((stage) => stage.name),
    canaryOn: canaries.filter(({ deploymentId }) => deploymentId === row.id).map(({ name }) => name),
  }));
}

async function canariesOf(apiId: string): Promise<{ name: string; deploymentId: string }[]> {
  const stages = await database().stage.findMany({
    where: { apiId },
    orderBy: { name: "asc" },
    select: { name: true, config: true },
  });
  return stages.flatMap(({ name, config }) => {
    const deploymentId = readConfig(config).canary?.deploymentId;
    return deploymentId ? [{ name, deploymentId }] : [];
  });
}
