import type { TraceStep } from "@/server/gateway/ports";
import type { Box } from "../store/selection";

export type BoxOutcome = { durationMs: number; isFailed: boolean };

/** Which box a step of the pipeline belongs to. Steps of no box (logging, say) are left out. */
const BOX_OF_STEP: Record<string, Box> = {
  authorize: "method-request",
  "api-key": "method-request",
  limits: "method-request",
  "read-body": "method-request",
  "validate-parameters": "method-request",
  "validate-body": "method-request",
  "map-request": "integration-request",
  "invoke-integration": "integration",
  "select-response": "integration-response",
  "map-response": "integration-response",
  "compress-response": "method-response",
};

/** What a test run says about each box: the time of its steps, and whether one failed. An answer always leaves. */
export function boxOutcomes({
  status,
  steps,
}: {
  status: number;
  steps: readonly TraceStep[];
}): Partial<Record<Box, BoxOutcome>> {
  const outcomes: Partial<Record<Box, BoxOutcome>> = {
    "method-response": { durationMs: 0, isFailed: status >= 500 },
  };
  for (const step of steps) {
    const box = BOX_OF_STEP[step.name];
    if (!box || step.outcome === "skipped") continue;
    const before = outcomes[box] ?? { durationMs: 0, isFailed: false };
    outcomes[box] = {
      durationMs: before.durationMs + step.durationMs,
      isFailed: before.isFailed || step.outcome === "failed",
    };
  }
  return outcomes;
}
