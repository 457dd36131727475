import { describe, expect, it } from "vitest";
import { LATENCY_BUCKET_COUNT, latencyBucketOf } from "../latency-buckets";
import { figuresOf, judgeCanary, type VariantCounts } from "./judge-canary";
import { nextMove } from "./next-move";
import { reasonOf } from "./rollout";
import { rolloutPlanSchema } from "./rollout-plan";

function window(count: number, { errors5xx = 0, latencyMs = 10 } = {}): VariantCounts {
  const buckets = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
  buckets[latencyBucketOf(latencyMs)] = count;
  return { count, errors4xx: 0, errors5xx, buckets };
}
const guards = { maxErrorPercent: 2, maxP95Ms: 500, minSamples: 50 };

describe("the judgement of a canary", () => {
  it("is open until there are enough samples, however bad they are", () => {
    expect(judgeCanary(guards, [])).toEqual({ outcome: "inconclusive", samples: 0, findings: [] });
    expect(judgeCanary(guards, [window(49, { errors5xx: 49 })]).outcome).toBe("inconclusive");
    expect(judgeCanary(guards, [window(50, { errors5xx: 50 })]).outcome).toBe("fail");
  });

  it("passes what stays at a limit and fails what goes beyond it", () => {
    expect(judgeCanary(guards, [window(100, { errors5xx: 2 })]).outcome).toBe("pass");
    const { findings } = judgeCanary(guards, [window(100, { errors5xx: 3 })]);
    expect(findings).toEqual([{ guard: "maxErrorPercent", measured: 3, limit: 2, samples: 100 }]);
  });

  it("sees in the newest samples what hours of good ones hide", () => {
    const good = Array.from({ length: 1_000 }, () => window(50));
    const judged = judgeCanary(guards, [
      ...good,
      window(30, { errors5xx: 30 }),
      window(30, { errors5xx: 30 }),
    ]);
    expect(judged).toMatchObject({ outcome: "fail", samples: 50_060 });
    expect(judged.findings[0]).toMatchObject({ measured: 100, samples: 60 });
  });

  it("sees in all samples what the newest do not show", () => {
    expect(judgeCanary(guards, [window(50, { errors5xx: 5 }), window(50)]).outcome).toBe("fail");
  });

  it("looks at latency, and at nothing whose limit is null", () => {
    const slow = [window(100, { latencyMs: 4_000, errors5xx: 50 })];
    expect(judgeCanary(guards, slow).findings.map(({ guard }) => guard)).toEqual([
      "maxErrorPercent",
      "maxP95Ms",
    ]);
    expect(judgeCanary({ ...guards, maxP95Ms: null, maxErrorPercent: 60 }, slow).outcome).toBe("pass");
    expect(judgeCanary({ ...guards, maxErrorPercent: null }, slow).findings).toHaveLength(1);
  });

  it("is told in words with what was measured", () => {
    const bad = judgeCanary(guards, [window(60, { errors5xx: 4, latencyMs: 4_000 })]);
    expect(reasonOf(bad)).toMatch(
      /^6.7 % of 60 requests failed, the limit is 2 %; 95 % of 60 requests took up to \d+(\.\d)? ms, the limit is 500 ms$/,
    );
  });

  it("has no percentiles without requests", () => {
    expect(figuresOf([])).toMatchObject({ count: 0, errorPercent: 0, p50Ms: null, p95Ms: null });
    expect(figuresOf([{ ...window(3), buckets: [3] }])).toMatchObject({
      count: 3,
      p50Ms: expect.any(Number),
    });
  });
});

describe("a rollout", () => {
  const steps = [
    { percentTraffic: 5, minutes: 1 },
    { percentTraffic: 50, minutes: 2 },
  ];
  const plan = rolloutPlanSchema.parse({ steps, guardrails: guards, isPromotedAtEnd: true });
  const judged = (outcome: "pass" | "fail" | "inconclusive") => ({ outcome, samples: 0, findings: [] });

  it("aborts at once, whatever step it is at and however young that is", () => {
    expect(nextMove(plan, { step: 0, stepElapsedMs: 0 }, judged("fail"))).toEqual({ kind: "abort" });
    expect(nextMove(plan, { step: 1, stepElapsedMs: 9e9 }, judged("fail"))).toEqual({ kind: "abort" });
  });

  it("stays until a step has lasted, and longer while nothing can be concluded", () => {
    expect(nextMove(plan, { step: 0, stepElapsedMs: 59_999 }, judged("pass"))).toEqual({ kind: "stay" });
    expect(nextMove(plan, { step: 0, stepElapsedMs: 9e9 }, judged("inconclusive"))).toEqual({ kind: "stay" });
  });

  it("goes on step by step to the end its plan wants", () => {
    const first = nextMove(plan, { step: 0, stepElapsedMs: 60_000 }, judged("pass"));
    expect(first).toEqual({ kind: "step", step: 1, percentTraffic: 50 });
    const last = { step: 1, stepElapsedMs: 120_000 };
    expect(nextMove(plan, last, judged("pass"))).toEqual({ kind: "promote" });
    expect(nextMove({ ...plan, isPromotedAtEnd: false }, last, judged("pass"))).toEqual({ kind: "pass" });
    expect(nextMove(plan, { step: 7, stepElapsedMs: 0 }, judged("pass"))).toEqual({ kind: "promote" });
  });

  it.each([
    { steps: [] },
    { steps: [steps[1], steps[0]] },
    { steps: [{ percentTraffic: 0, minutes: 1 }] },
    { guardrails: { ...guards, maxErrorPercent: null, maxP95Ms: null } },
    { guardrails: { ...guards, minSamples: 0 } },
  ])("refuses a plan with %j", (given) => {
    expect(rolloutPlanSchema.safeParse({ ...plan, ...given }).success).toBe(false);
  });
});
