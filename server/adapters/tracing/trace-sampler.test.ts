import { describe, expect, it } from "vitest";
import { TraceSampler } from "./trace-sampler";

function samplerOf(reservoir: number, percent: number) {
  let nowMs = 5_000;
  let chance = 0.5;
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  const sampler = new TraceSampler({ reservoir, percent }, clock, { fraction: () => chance });
  return {
    count: (requests: number) =>
      Array.from({ length: requests }, () => sampler.sample()).filter(Boolean).length,
    pass: (ms: number) => {
      nowMs += ms;
    },
    chance: (value: number) => {
      chance = value;
    },
  };
}

describe("sampling", () => {
  it("records the first request of each second", () => {
    const { count, pass } = samplerOf(1, 0);
    expect(count(100)).toBe(1);
    pass(999);
    expect(count(100)).toBe(0);
    pass(1);
    expect(count(100)).toBe(1);
  });

  it("saves nothing up", () => {
    const { count, pass } = samplerOf(3, 0);
    expect(count(100)).toBe(3);
    pass(3_600_000);
    expect(count(100)).toBe(3);
  });

  it("records a share of those beyond", () => {
    const { count, chance } = samplerOf(1, 5);
    count(1);
    chance(0.0499);
    expect(count(10)).toBe(10);
    chance(0.05);
    expect(count(10)).toBe(0);
  });

  it("spreads a worker's part of the reservoir over several seconds", () => {
    const { count, pass } = samplerOf(0.25, 0);
    expect(count(10)).toBe(1);
    pass(3_999);
    expect(count(10)).toBe(0);
    pass(1);
    expect(count(10)).toBe(1);
  });

  it("records nothing at 0 and 0, everything at 100 percent", () => {
    expect(samplerOf(0, 0).count(100)).toBe(0);
    const all = samplerOf(0, 100);
    all.chance(0.999999);
    expect(all.count(100)).toBe(100);
  });
});
