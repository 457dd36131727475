import { describe, expect, it } from "vitest";
import { quotaLimitIn } from "../policies/quota-period";
import { quotaSchema, throttleSchema, usagePlanSchema } from "./usage-plan";

describe("a usage plan", () => {
  it("may leave out offsets and method limits", () => {
    const plan = usagePlanSchema.parse({
      id: "p",
      name: "Free",
      throttle: null,
      quota: { limit: 10, period: "DAY" },
      apiStages: [{ apiId: "a", stage: "prod" }],
    });
    expect(plan.quota?.offset).toBe(0);
    expect(plan.apiStages[0]?.throttle).toEqual({});
  });

  it("without an offset has the same limit in every period, also the first", () => {
    const quota = quotaSchema.parse({ limit: 10, period: "DAY" });
    const day = Date.UTC(2026, 10, 25);
    expect(quotaLimitIn(quota, day, day + 1)).toBe(10);
  });

  it("never takes more off than there is", () => {
    const quota = quotaSchema.parse({ limit: 10, offset: 25, period: "DAY" });
    const day = Date.UTC(2026, 10, 25);
    expect(quotaLimitIn(quota, day, day + 1)).toBe(0);
  });

  it.each([
    [throttleSchema, { rateLimit: -1, burstLimit: 1 }],
    [throttleSchema, { rateLimit: 1, burstLimit: 0.5 }],
    [quotaSchema, { limit: 0, period: "DAY" }],
    [quotaSchema, { limit: 1, offset: -1, period: "DAY" }],
    [quotaSchema, { limit: 1, period: "YEAR" }],
  ])("has no limits that cannot be: %#", (schema, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});
