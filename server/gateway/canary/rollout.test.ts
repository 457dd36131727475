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
const guards = { maxErrorPercent: 2, maxP95Ms: 500, maxErrorRatio: null, maxP95Ratio: null, minSamples: 50 };

describe("the judgement of a canary", () => {
  it("is open until there are enough samples, however bad they are", () => {
    expect(judgeCanary(guards, [])).toMatchObject({ outcome: "inconclusive", samples: 0, findings: [] });
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

  describe("that compares with production", () => {
    const ratios = { ...guards, maxErrorPercent: null, maxP95Ms: null, maxErrorRatio: 2, maxP95Ratio: 1.5 };
    const outcome = (canary: VariantCounts, production: VariantCounts) =>
      judgeCanary(ratios, [canary], [production]).outcome;

    it("is open until production, too, has enough samples, and says so", () => {
      expect(judgeCanary(ratios, [window(100)], [window(49)])).toEqual({
        outcome: "inconclusive",
        samples: 100,
        productionSamples: 49,
        findings: [],
        open: "49 of 50 requests to production to compare with so far",
      });
      expect(judgeCanary(ratios, [window(100)]).outcome).toBe("inconclusive");
      expect(judgeCanary(ratios, [window(9)], [window(100)]).open).toBe(
        "9 of 50 requests to the canary so far",
      );
    });

    it("fails a canary that surely fails more often than it may, and tells both figures", () => {
      const judged = judgeCanary(
        ratios,
        [window(200, { errors5xx: 40 })],
        [window(1_000, { errors5xx: 20 })],
      );
      expect(judged.findings).toEqual([
        {
          guard: "maxErrorRatio",
          measured: 20,
          limit: 4,
          samples: 200,
          production: { measured: 2, samples: 1_000 },
        },
      ]);
      expect(reasonOf(judged)).toBe(
        "20 % of 200 requests failed beside 2 % of 1000 in production, the limit is 4 %",
      );
    });

    it("is open where more errors may be chance, and passes where there are not more", () => {
      const production = window(1_000, { errors5xx: 20 });
      expect(outcome(window(100, { errors5xx: 5 }), production)).toBe("inconclusive");
      expect(outcome(window(100, { errors5xx: 4 }), production)).toBe("pass");
      expect(outcome(window(1_000, { errors5xx: 80 }), production)).toBe("fail");
    });

    it("takes a production without errors for one with one", () => {
      expect(outcome(window(100), window(100))).toBe("pass");
      expect(outcome(window(100, { errors5xx: 2 }), window(100))).toBe("pass");
      expect(outcome(window(100, { errors5xx: 20 }), window(100))).toBe("fail");
    });

    it("compares latencies, and looks at nothing whose ratio is null", () => {
      const [slow, quick] = [window(100, { latencyMs: 1_000 }), window(100, { latencyMs: 100 })];
      expect(outcome(slow, quick)).toBe("fail");
      expect(outcome(quick, slow)).toBe("pass");
      const only = (given: object) => judgeCanary({ ...ratios, ...given }, [slow], [quick]).outcome;
      expect(only({ maxP95Ratio: null })).toBe("pass");
      expect(only({ maxErrorRatio: null })).toBe("fail");
    });
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

  it("waits while it is paused, and aborts a bad canary all the same", () => {
    const paused = { ...plan, isPaused: true };
    expect(nextMove(paused, { step: 0, stepElapsedMs: 9e9 }, judged("pass"))).toEqual({ kind: "stay" });
    expect(nextMove(paused, { step: 0, stepElapsedMs: 0 }, judged("fail"))).toEqual({ kind: "abort" });
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
