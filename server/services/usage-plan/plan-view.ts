import type { Quota, Throttle } from "@/server/gateway/snapshot/usage-plan";
import type { PlanRow } from "./find-plan";

export type PlanStageView = {
  apiId: string;
  apiName: string;
  stageName: string;
  /** `/pets/GET` (root: `//GET`) → limits of its own, per key. */
  throttle: Record<string, Throttle>;
};

export type PlanView = {
  id: string;
  name: string;
  description: string;
  throttle: Throttle | null;
  quota: Quota | null;
  keyCount: number;
  stages: PlanStageView[];
  createdAt: Date;
  updatedAt: Date;
};

export function planView(row: PlanRow): PlanView {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    throttle: planThrottle(row),
    quota: planQuota(row),
    keyCount: row._count.keys,
    stages: row.stages.map(({ stage, throttle }) => ({
      apiId: stage.apiId,
      apiName: stage.api.name,
      stageName: stage.name,
      throttle: throttle as Record<string, Throttle>,
    })),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

export function planThrottle(row: {
  rateLimit: number | null;
  burstLimit: number | null;
  throttleShadow: boolean;
}): Throttle | null {
  if (row.rateLimit === null || row.burstLimit === null) return null;
  return {
    rateLimit: row.rateLimit,
    burstLimit: row.burstLimit,
    ...(row.throttleShadow ? { shadow: true } : {}),
  };
}

export function planQuota(row: {
  quotaLimit: number | null;
  quotaOffset: number;
  quotaPeriod: string | null;
  quotaMode?: string;
  quotaShadow?: boolean;
}): Quota | null {
  if (row.quotaLimit === null || row.quotaPeriod === null) return null;
  return {
    limit: row.quotaLimit,
    offset: row.quotaOffset,
    period: row.quotaPeriod as Quota["period"],
    ...(row.quotaMode === "fast" ? { mode: "fast" } : {}),
    ...(row.quotaShadow ? { shadow: true } : {}),
  };
}
