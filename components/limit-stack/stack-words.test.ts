import { describe, expect, it } from "vitest";
import { type LimitStackInput, limitStack } from "@/server/domain/limits/limit-stack";
import { methodSettingSchema } from "@/server/gateway/snapshot/stage-config";
import { effectWords, layerBound, layerValue } from "./stack-words";

const plan = {
  throttle: { rateLimit: 5, burstLimit: 10 },
  quota: { limit: 1_000, offset: 0, period: "DAY" as const },
  methodThrottles: {},
};
const stackOf = (changes: Partial<LimitStackInput> = {}) =>
  limitStack({
    resourcePath: "/pets",
    httpMethod: "GET",
    apiKeyRequired: true,
    methodSettings: {},
    plan,
    ...changes,
  });
const ofStage = (rate: number, burst: number) => ({
  "*/*": methodSettingSchema.parse({ throttlingRateLimit: rate, throttlingBurstLimit: burst }),
});

describe("effectWords", () => {
  it("says rate, burst and total of a client", () => {
    expect(effectWords(stackOf(), "Gold")).toBe(
      "A client with a key of Gold gets at most 5 requests/s, bursts of 10, 1,000 a day.",
    );
  });

  it("says what is shared with others", () => {
    expect(effectWords(stackOf({ methodSettings: ofStage(2, 4) }), "Gold")).toBe(
      "A client with a key of Gold gets at most 2 requests/s, bursts of 4, 1,000 a day; rate and burst are shared with other clients.",
    );
    expect(effectWords(stackOf({ methodSettings: ofStage(2, 40) }), "Gold")).toContain(
      "; the rate is shared",
    );
    expect(effectWords(stackOf({ methodSettings: ofStage(20, 4) }), "Gold")).toContain(
      "; the burst is shared",
    );
  });

  it("says that a plan does not hold where no key is asked for, and that all is refused without one", () => {
    expect(effectWords(stackOf({ apiKeyRequired: false }), "Gold")).toBe(
      "A client gets at most 10,000 requests/s, bursts of 5,000; rate and burst are shared with other clients. The method asks for no key, so the plan's limits do not hold here.",
    );
    expect(effectWords(stackOf({ plan: null }), null)).toContain("refused with 403");
  });

  it("says limits that let nothing through, nothing more, or everything", () => {
    expect(effectWords(stackOf({ methodSettings: ofStage(5, 0) }), "Gold")).toContain("no request at all");
    expect(effectWords(stackOf({ methodSettings: ofStage(0, 3) }), "Gold")).toContain("at most 3 in all");
    const accountThrottle = { rateLimit: 1, burstLimit: 1, shadow: true };
    expect(effectWords(stackOf({ apiKeyRequired: false, plan: null, accountThrottle }), null)).toBe(
      "A client is not limited.",
    );
  });
});

it("says a layer's value and how exactly it is kept", () => {
  const { layers } = stackOf({ plan: { ...plan, quota: { ...plan.quota, mode: "fast" } } });
  expect(layers.map(layerValue)).toEqual([
    "no rate limit",
    "5 requests/s, burst 10",
    "no rate limit",
    "no rate limit",
    "10,000 requests/s, burst 5,000",
    "1,000 requests per day",
  ]);
  expect(layers.map((layer) => layerBound(layer).mode)).toEqual([
    "Fast",
    "Fast",
    "Fast",
    "Fast",
    "Fast",
    "Fast",
  ]);
  expect(layerBound(stackOf().layers.at(-1) as never).mode).toBe("Strict");
});
