import { describe, expect, it } from "vitest";
import { boxOutcomes } from "./box-outcome";

const step = (name: string, outcome: "ok" | "skipped" | "failed", durationMs = 1) => ({
  name,
  outcome,
  durationMs,
  startMs: 0,
  summary: "",
});

describe("what a test run says about the boxes", () => {
  it("adds up the steps of a box, leaves out what was skipped, and ends with the answer", () => {
    const steps = [
      step("limits", "skipped"),
      step("read-body", "ok", 2),
      step("validate-body", "ok", 3),
      step("map-request", "ok"),
    ];
    expect(boxOutcomes({ status: 200, steps })).toEqual({
      "method-request": { durationMs: 5, isFailed: false },
      "integration-request": { durationMs: 1, isFailed: false },
      "method-response": { durationMs: 0, isFailed: false },
    });
  });
  it("marks the box whose step failed", () => {
    const outcomes = boxOutcomes({ status: 504, steps: [step("invoke-integration", "failed")] });
    expect(outcomes.integration?.isFailed).toBe(true);
    expect(outcomes["method-response"]?.isFailed).toBe(true);
  });
});
