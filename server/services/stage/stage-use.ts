import { database, type Transaction } from "@/server/db/client";

/** Who would notice if stages went away, or served something else. */
export type StageUse = {
  plans: { id: string; name: string; keys: number }[];
  /** Keys that work through any of the plans, each counted once. */
  keys: number;
  /** Domain names with the base path that leads here; "(none)" is the root. */
  domains: { domainName: string; basePath: string }[];
  /** Requests of the last hour. */
  requests: number;
};

const HOUR_MS = 3_600_000;

/** What points at one stage of an API, or without a name at any of them. */
export async function stageUse(
  { workspaceId, apiId, stageName }: { workspaceId: string; apiId: string; stageName?: string },
  tx: Transaction = database(),
  now: Date = new Date(),
): Promise<StageUse> {
  const stage = { apiId, ...(stageName === undefined ? {} : { name: stageName }) };
  const isCovered = { stages: { some: { stage } } };
  const plans = await tx.usagePlan.findMany({
    where: { workspaceId, ...isCovered },
    orderBy: { name: "asc" },
    select: { id: true, name: true, _count: { select: { keys: true } } },
  });
  const keys = await tx.apiKey.count({
    where: { workspaceId, enabled: true, plans: { some: { plan: isCovered } } },
  });
  const { _sum } = await tx.metricMinute.aggregate({
    where: {
      apiId,
      ...(stageName === undefined ? {} : { stage: stageName }),
      minute: { gte: new Date(now.getTime() - HOUR_MS) },
    },
    _sum: { count: true },
  });
  return {
    plans: plans.map(({ _count, ...plan }) => ({ ...plan, keys: _count.keys })),
    keys,
    domains: await mappingsTo(tx, { workspaceId, apiId, stageName }),
    requests: _sum.count ?? 0,
  };
}

/** A mapping without a stage takes its name from the path, so it leads to every stage of its API. */
async function mappingsTo(
  tx: Transaction,
  { workspaceId, apiId, stageName }: { workspaceId: string; apiId: string; stageName?: string | undefined },
): Promise<StageUse["domains"]> {
  const rows = await tx.storedResource.findMany({
    where: {
      workspaceId,
      kind: "base-path-mapping",
      document: { path: ["restApiId"], equals: apiId },
    },
    orderBy: [{ parentId: "asc" }, { id: "asc" }],
    select: { parentId: true, document: true },
  });
  return rows.flatMap(({ parentId, document }) => {
    const { basePath, stage } = document as { basePath: string; stage?: string | null };
    const leadsHere = stageName === undefined || !stage || stage === stageName;
    return leadsHere ? [{ domainName: parentId, basePath }] : [];
  });
}
