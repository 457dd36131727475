import { describe, expect, it } from "vitest";
import { MemoryStageThrottle } from "./stage-throttle";

const clock = { nowMs: () => 0, monotonicMs: () => 0 };

describe("MemoryStageThrottle", () => {
  it("gives every method a bucket of its own under the same limits", () => {
    const throttle = new MemoryStageThrottle(clock);
    const limits = { rateLimit: 1, burstLimit: 1 };
    expect(throttle.admit("api/prod/a/GET", limits)).toBe(true);
    expect(throttle.admit("api/prod/a/GET", limits)).toBe(false);
    expect(throttle.admit("api/prod/b/GET", limits)).toBe(true);
  });

  it("holds all requests together to the account's limits", () => {
    const throttle = new MemoryStageThrottle(clock, { rateLimit: 1, burstLimit: 2 });
    expect(["a", "b", "c"].map((key) => throttle.admit(key, null))).toEqual([true, true, false]);
  });
});
