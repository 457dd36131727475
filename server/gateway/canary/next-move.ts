import type { Judgement } from "./judge-canary";
import type { RolloutPlan } from "./rollout-plan";

export type RolloutMove =
  | { kind: "stay" }
  | { kind: "step"; step: number; percentTraffic: number }
  | { kind: "abort" }
  /** The last step is through; promoted or left to people. */
  | { kind: "promote" }
  | { kind: "pass" };

/** What follows from a judgement: a bad canary goes at once, a good one when its step has lasted, an unknown or paused one stays. */
export function nextMove(
  plan: RolloutPlan,
  { step, stepElapsedMs }: { step: number; stepElapsedMs: number },
  { outcome }: Judgement,
): RolloutMove {
  if (outcome === "fail") return { kind: "abort" };
  const minutes = plan.steps[step]?.minutes ?? 0;
  if (plan.isPaused || outcome === "inconclusive" || stepElapsedMs < minutes * 60_000)
    return { kind: "stay" };
  const next = plan.steps[step + 1];
  if (next) return { kind: "step", step: step + 1, percentTraffic: next.percentTraffic };
  return { kind: plan.isPromotedAtEnd ? "promote" : "pass" };
}
