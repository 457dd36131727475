import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";

export type DeploymentListItem = {
  id: string;
  number: number;
  description: string;
  actorName: string;
  createdAt: Date;
  /** How many things changed against what the stage served before. */
  changes: number;
  hash: string;
  /** Names of the stages that serve it now. */
  liveOn: string[];
};

const MOST = 200;

/** The newest 200 deployments of an API, newest first. */
export async function listDeployments(actor: Actor, input: { apiId: string }): Promise<DeploymentListItem[]> {
  authorize(actor, "api:read");
  await requireApi(actor, input.apiId);
  const rows = await database().deployment.findMany({
    where: { apiId: input.apiId },
    orderBy: { number: "desc" },
    take: MOST,
    select: {
      id: true,
      number: true,
      description: true,
      actorName: true,
      createdAt: true,
      changes: true,
      hash: true,
      stages: { select: { name: true }, orderBy: { name: "asc" } },
    },
  });
  return rows.map(({ stages, ...row }) => ({ ...row, liveOn: stages.map((stage) => stage.name) }));
}
