import { database } from "@/server/db/client";
import { readConfig } from "@/server/services/stage/find-stage";

/** A stage as lists of APIs show it. `inSync`: what it serves is what the draft says. */
export type StageSummary = {
  name: string;
  deploymentId: string;
  deploymentNumber: number;
  deploymentHash: string;
  deployedAt: Date;
  inSync: boolean;
  /** The share of its traffic that goes to its canary; null without one. */
  canaryPercent: number | null;
};

/** The stages of each API by name. `deployedAt` is when the stage last got another deployment. */
export async function stageSummaries(
  apis: readonly { id: string; draftHash: string }[],
): Promise<Map<string, StageSummary[]>> {
  const rows = await database().stage.findMany({
    where: { apiId: { in: apis.map((api) => api.id) } },
    orderBy: { name: "asc" },
    select: {
      apiId: true,
      name: true,
      createdAt: true,
      config: true,
      deployment: { select: { id: true, number: true, hash: true } },
      events: {
        where: { kind: { in: ["deployed", "rolled-back", "promoted"] } },
        orderBy: { createdAt: "desc" },
        take: 1,
        select: { createdAt: true },
      },
    },
  });
  const draftHashes = new Map(apis.map((api) => [api.id, api.draftHash]));
  const byApi = new Map<string, StageSummary[]>(apis.map((api) => [api.id, []]));
  for (const { apiId, name, createdAt, config, deployment, events } of rows) {
    byApi.get(apiId)?.push({
      name,
      deploymentId: deployment.id,
      deploymentNumber: deployment.number,
      deploymentHash: deployment.hash,
      deployedAt: events[0]?.createdAt ?? createdAt,
      inSync: deployment.hash === draftHashes.get(apiId),
      canaryPercent: readConfig(config).canary?.percentTraffic ?? null,
    });
  }
  return byApi;
}
