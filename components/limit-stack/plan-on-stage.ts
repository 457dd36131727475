import type { LimitedPlan } from "@/server/domain/limits/limit-stack";
import type { Answers } from "../trpc/trpc";

type Plan = Answers["usagePlan"]["list"][number];

/** What a plan means on one stage; null where it does not cover it. */
export function planOnStage(plan: Plan, stage: { apiId: string; stageName: string }): LimitedPlan | null {
  const covered = plan.stages.find((one) => one.apiId === stage.apiId && one.stageName === stage.stageName);
  if (!covered) return null;
  return { throttle: plan.throttle, quota: plan.quota, methodThrottles: covered.throttle };
}
