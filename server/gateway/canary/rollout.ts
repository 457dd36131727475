import type { Judgement, VariantFigures } from "./judge-canary";

/** running; passed: through all steps, waits for people; ended: somebody changed the canary by hand. */
export type RolloutStatus = "running" | "passed" | "promoted" | "aborted" | "ended";

/** A moment of a rollout's evidence: what was measured when it moved, and why it did. */
export type RolloutRecord = {
  /** ISO 8601, UTC. */
  at: string;
  move: "step" | "abort" | "promote" | "pass";
  /** The step that ended. */
  step: number;
  percentTraffic: number;
  /** Since when it was measured; ISO 8601, UTC. */
  since: string;
  judgement: Judgement;
  canary: VariantFigures;
  production: VariantFigures;
};

/** Who acts when a rollout goes on by itself. */
export const ANALYSIS_NAME = "Canary analysis";

/** A judgement in words, for history, audit and evidence. */
export function reasonOf({ findings }: Judgement): string {
  return findings
    .map(({ guard, measured, limit, samples }) =>
      guard === "maxErrorPercent"
        ? `${round(measured)} % of ${samples} requests failed, the limit is ${round(limit)} %`
        : `95 % of ${samples} requests took up to ${round(measured)} ms, the limit is ${round(limit)} ms`,
    )
    .join("; ");
}

const round = (value: number) => String(Math.round(value * 10) / 10);
