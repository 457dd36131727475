import type { Finding, Judgement } from "@/server/gateway/canary/judge-canary";
import type { Guardrails } from "@/server/gateway/canary/rollout-plan";

/** Where the charts draw their limits: percent of 5xx answers, p95 in ms; null for none. */
export type ShownLimits = { errorPercent: number | null; p95Ms: number | null };

/**
 * The limit that was broken; of two the lower. Before, the plan's own: what a ratio comes to is known once it has been
 * broken.
 */
export function shownLimits(
  guardrails: Guardrails,
  verdict: Pick<Judgement, "findings"> | null,
): ShownLimits {
  const shown = (fixed: "maxErrorPercent" | "maxP95Ms", ratio: Finding["guard"]) => {
    const broken = (verdict?.findings ?? [])
      .filter(({ guard }) => guard === fixed || guard === ratio)
      .map(({ limit }) => limit);
    return broken.length > 0 ? Math.min(...broken) : guardrails[fixed];
  };
  return {
    errorPercent: shown("maxErrorPercent", "maxErrorRatio"),
    p95Ms: shown("maxP95Ms", "maxP95Ratio"),
  };
}
