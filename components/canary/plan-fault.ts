import { type RolloutPlan, rolloutPlanSchema } from "@/server/gateway/canary/rollout-plan";
import { count } from "./canary-words";

/** `at` is the field's path in the plan: `guardrails.maxErrorRatio`, `steps.1.minutes`, `steps` for all of them. */
export type PlanFault = { at: string; words: string };

/** The first thing that a rollout plan would be refused for; null if it can run. */
export function planFault(plan: RolloutPlan): PlanFault | null {
  const issue = rolloutPlanSchema.safeParse(plan).error?.issues[0];
  if (!issue) return null;
  const at = issue.path.join(".");
  if (issue.code === "too_small") return { at, words: `At least ${count(Number(issue.minimum))}` };
  if (issue.code === "too_big") return { at, words: `At most ${count(Number(issue.maximum))}` };
  if (issue.code === "invalid_type") return { at, words: "Must be a whole number" };
  return { at, words: issue.message };
}
