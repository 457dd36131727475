import { database, type Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";

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

/** As stageUse, for who may see the API. */
export async function getStageUse(
  actor: Actor,
  target: { apiId: string; stageName?: string },
): Promise<StageUse> {
  authorize(actor, "api:read");
  await requireApi(actor, target.apiId);
  return stageUse({ ...target, workspaceId: actor.workspaceId });
}

/** Throws CONFLICT with the use as details while anything points at what shall be deleted. */
export async function refuseUsed(
  tx: Transaction,
  actor: Actor,
  target: { apiId: string; stageName?: string },
): Promise<void> {
  const use = await stageUse({ ...target, workspaceId: actor.workspaceId }, tx);
  const words = wordsOf(use);
  if (words.length === 0) return;
  throw new ServiceError("CONFLICT", `It is still used: ${words.join(", ")}`, { details: use });
}

function wordsOf({ plans, keys, domains, requests }: StageUse): string[] {
  const many = (n: number, one: string, more = `${one}s`) =>
    n === 0 ? [] : [`${n} ${n === 1 ? one : more}`];
  return [
    ...many(plans.length, "usage plan").map(
      (text) => `${text} (${plans.map(({ name }) => name).join(", ")})`,
    ),
    ...many(keys, "API key"),
    ...many(domains.length, "mapping of a domain name", "mappings of domain names"),
    ...many(requests, "request in the last hour", "requests in the last hour"),
  ];
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
