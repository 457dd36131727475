import type { Finding, Judgement, VariantFigures } from "./judge-canary";

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
  return findings.map(findingWords).join("; ");
}

function findingWords({ guard, measured, limit, samples, production }: Finding): string {
  const isErrors = guard === "maxErrorPercent" || guard === "maxErrorRatio";
  const unit = isErrors ? "%" : "ms";
  const found = isErrors
    ? `${round(measured)} % of ${samples} requests failed`
    : `95 % of ${samples} requests took up to ${round(measured)} ms`;
  const beside = production
    ? ` beside ${round(production.measured)} ${unit} of ${production.samples} in production`
    : "";
  return `${found}${beside}, the limit is ${round(limit)} ${unit}`;
}

const round = (value: number) => String(Math.round(value * 10) / 10);
