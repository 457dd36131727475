import { expect, it } from "vitest";
import type { RolloutPlan } from "@/server/gateway/canary/rollout-plan";
import { planFault } from "./plan-fault";
import { FIRST_PLAN } from "./plan-fields";

const guards = (change: Partial<RolloutPlan["guardrails"]>) =>
  planFault({ ...FIRST_PLAN, guardrails: { ...FIRST_PLAN.guardrails, ...change } });
const steps = (...given: [number, number][]) =>
  planFault({
    ...FIRST_PLAN,
    steps: given.map(([percentTraffic, minutes]) => ({ percentTraffic, minutes })),
  });

it("says in words what a plan would be refused for, and at which field", () => {
  expect(planFault(FIRST_PLAN)).toBeNull();
  expect(guards({ maxErrorRatio: 0.5 })).toEqual({ at: "guardrails.maxErrorRatio", words: "At least 1" });
  expect(guards({ maxP95Ms: 90_000 })).toEqual({ at: "guardrails.maxP95Ms", words: "At most 60,000" });
  expect(guards({ minSamples: 1.5 })).toEqual({
    at: "guardrails.minSamples",
    words: "Must be a whole number",
  });
  expect(guards({ maxErrorPercent: null, maxErrorRatio: null })).toEqual({
    at: "guardrails.maxErrorPercent",
    words: "Set a limit for errors, latency or both",
  });
  expect(steps([5, 10], [25, 0])).toEqual({ at: "steps.1.minutes", words: "At least 0.1" });
  expect(steps([5, 10], [120, 10])).toEqual({ at: "steps.1.percentTraffic", words: "At most 100" });
  expect(steps([25, 10], [5, 10])).toEqual({
    at: "steps.1.percentTraffic",
    words: "More than the 25 % of step 1",
  });
});
