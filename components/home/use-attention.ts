"use client";
import { useQueries, useQuery } from "@tanstack/react-query";
import { rejectionsOf } from "../node/rejections";
import { useCan } from "../shell/session";
import { type Answers, useTRPC } from "../trpc/trpc";
import type { StateShape } from "../ui/state-dot";

export type Attention = {
  id: string;
  state: StateShape;
  text: string;
  detail: string;
  href: string;
  rank: number;
};

type ApiRow = Answers["api"]["list"][number];

const STAGES_WATCHED = 24;
export const WATCHED_MINUTES = 60;

function draftsAhead(apis: readonly ApiRow[]): Attention[] {
  return apis
    .filter((api) => api.methodCount > 0 && !api.stages.some((stage) => stage.inSync))
    .map((api) => ({
      id: `draft-${api.id}`,
      state: "draft" as const,
      text: api.stages.length === 0 ? `${api.name} was never deployed` : `${api.name} has undeployed changes`,
      detail:
        api.stages.length === 0
          ? `${api.methodCount} ${api.methodCount === 1 ? "method" : "methods"} in the draft`
          : `behind on ${api.stages.map((stage) => `${stage.name} #${stage.deploymentNumber}`).join(", ")}`,
      href: api.stages.length === 0 ? `/apis/${api.id}/design` : `/apis/${api.id}/deployments?to=draft`,
      rank: 3,
    }));
}

/** Traffic of the last hour, by `apiId/stageName`. */
export function useRecentTraffic(apis: readonly ApiRow[] | undefined) {
  const trpc = useTRPC();
  const can = useCan();
  const stages = (apis ?? [])
    .flatMap((api) => api.stages.map((stage) => ({ api, stageName: stage.name })))
    .slice(0, STAGES_WATCHED);
  return useQueries({
    queries: stages.map(({ api, stageName }) => ({
      ...trpc.stage.metrics.queryOptions({ apiId: api.id, stageName, minutes: WATCHED_MINUTES }),
      enabled: can("metrics:read"),
      refetchInterval: 15_000,
    })),
    combine: (results) =>
      results.flatMap((result, index) => {
        const stage = stages[index];
        if (!stage || !result.data) return [];
        const sum = (key: "count" | "errors4xx" | "errors5xx") =>
          result.data.reduce((total, minute) => total + minute[key], 0);
        return [{ ...stage, count: sum("count"), errors4xx: sum("errors4xx"), errors5xx: sum("errors5xx") }];
      }),
  });
}

function nodeAttention(nodes: Answers["node"]["list"]): Attention[] {
  const href = "/nodes";
  if (!nodes.some((node) => node.isAlive))
    return [
      {
        id: "nodes",
        state: "failing",
        text: "No gateway node is running",
        detail: "Every call is refused until one starts",
        href,
        rank: 0,
      },
    ];
  return nodes
    .filter((node) => node.isAlive)
    .flatMap((node) =>
      rejectionsOf(node.rejected).map((rejection) => ({
        id: `rejected-${node.id}-${rejection.subject}`,
        state: "failing" as const,
        text: `${node.address} refused ${rejection.subject}`,
        detail: rejection.reason,
        href,
        rank: 1,
      })),
    );
}

/** Plans whose keys come near the end of their allowance. */
function usePlansNearLimit(): Attention[] {
  const trpc = useTRPC();
  const can = useCan();
  const plans = useQuery({ ...trpc.usagePlan.list.queryOptions(), enabled: can("plan:read") });
  const limited = (plans.data ?? []).filter((plan) => plan.quota && plan.keyCount > 0);
  return useQueries({
    queries: limited.map((plan) => trpc.usagePlan.usage.queryOptions({ planId: plan.id, days: 1 })),
    combine: (results) =>
      results.flatMap((result, index) => {
        const plan = limited[index];
        const near =
          result.data?.keys.filter((key) => key.quota && key.quota.used >= key.quota.limit * 0.8) ?? [];
        if (!plan || near.length === 0) return [];
        const spent = near.filter((key) => key.quota && key.quota.used >= key.quota.limit).length;
        return [
          {
            id: `plan-${plan.id}`,
            state: (spent > 0 ? "failing" : "canary") as StateShape,
            text: `${near.length} ${near.length === 1 ? "key" : "keys"} of plan ${plan.name} used over 80 % of the quota`,
            detail:
              spent > 0
                ? `${spent} of them are refused now`
                : near
                    .map((key) => key.name)
                    .slice(0, 3)
                    .join(", "),
            href: `/usage-plans/${plan.id}`,
            rank: 2,
          },
        ];
      }),
  });
}

/** What needs somebody, the most urgent first; undefined while the first answers come. */
export function useAttention(apis: readonly ApiRow[] | undefined): Attention[] | undefined {
  const trpc = useTRPC();
  const can = useCan();
  const nodes = useQuery({
    ...trpc.node.list.queryOptions(),
    enabled: can("metrics:read"),
    refetchInterval: 10_000,
  });
  const traffic = useRecentTraffic(apis);
  const plans = usePlansNearLimit();
  if (!apis) return undefined;
  const failing = traffic
    .filter((stage) => stage.errors5xx > 0)
    .map(({ api, stageName, count, errors5xx }) => ({
      id: `failing-${api.id}-${stageName}`,
      state: "failing" as const,
      text: `${api.name} / ${stageName} answered ${errors5xx} of ${count} calls with 5xx`,
      detail: `in the last ${WATCHED_MINUTES} minutes`,
      href: `/apis/${api.id}/stages/${encodeURIComponent(stageName)}`,
      rank: 1,
    }));
  const all: Attention[] = [
    ...(nodes.data ? nodeAttention(nodes.data) : []),
    ...failing,
    ...plans,
    ...draftsAhead(apis),
  ];
  return all.sort((a, b) => a.rank - b.rank);
}
