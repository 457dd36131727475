import { expect, it } from "vitest";
import type { Finding } from "@/server/gateway/canary/judge-canary";
import { shownLimits } from "./rollout-limits";

const guards = { maxErrorPercent: 1, maxP95Ms: null, maxErrorRatio: 2, maxP95Ratio: 1.5, minSamples: 50 };
const broken = (guard: Finding["guard"], limit: number): Finding => ({
  guard,
  limit,
  measured: 2 * limit,
  samples: 100,
});
const shown = (...findings: Finding[]) => shownLimits(guards, { findings });

it("draws the limit that aborted the canary, whichever other is set", () => {
  expect(shown(broken("maxErrorRatio", 0.4)).errorPercent).toBe(0.4);
  expect(shown(broken("maxErrorRatio", 3)).errorPercent).toBe(3);
  expect(shown(broken("maxErrorPercent", 1)).errorPercent).toBe(1);
  expect(shown(broken("maxErrorPercent", 1), broken("maxErrorRatio", 0.4)).errorPercent).toBe(0.4);
  expect(shown(broken("maxP95Ratio", 150))).toEqual({ errorPercent: 1, p95Ms: 150 });
});

it("draws the plan's own limits while none is broken", () => {
  expect(shown()).toEqual({ errorPercent: 1, p95Ms: null });
  expect(shownLimits(guards, null)).toEqual({ errorPercent: 1, p95Ms: null });
  expect(shownLimits({ ...guards, maxErrorPercent: null, maxP95Ms: 300 }, null)).toEqual({
    errorPercent: null,
    p95Ms: 300,
  });
});
