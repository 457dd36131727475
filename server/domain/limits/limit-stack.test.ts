import { describe, expect, it } from "vitest";
import { methodSettingSchema } from "@/server/gateway/snapshot/stage-config";
import { type LimitStackInput, limitStack } from "./limit-stack";

const setting = (rate: number, burst: number, shadow = false) =>
  methodSettingSchema.parse({
    throttlingRateLimit: rate,
    throttlingBurstLimit: burst,
    throttlingShadow: shadow,
  });

const input = (changes: Partial<LimitStackInput> = {}): LimitStackInput => ({
  resourcePath: "/pets/{petId}",
  httpMethod: "GET",
  apiKeyRequired: true,
  methodSettings: {},
  plan: { throttle: null, quota: null, methodThrottles: {} },
  ...changes,
});

const told = (changes: Partial<LimitStackInput>) =>
  limitStack(input(changes)).layers.map(
    ({ name, state, decides }) => `${name} ${state}${decides.map((what) => ` ${what}`).join("")}`,
  );

describe("limitStack", () => {
  it("lists the limits in the order they are asked, the quota last", () => {
    const plan = {
      throttle: { rateLimit: 5, burstLimit: 10 },
      quota: { limit: 1_000, offset: 0, period: "DAY" as const },
      methodThrottles: { "/pets/{petId}/GET": { rateLimit: 8, burstLimit: 4 } },
    };
    const methodSettings = { "*/*": setting(100, 200), "~1pets~1{petId}/GET": setting(50, 60) };
    expect(told({ plan, methodSettings })).toEqual([
      "plan-method enforced burst",
      "plan enforced rate",
      "method enforced",
      "stage replaced",
      "account enforced",
      "quota enforced total",
    ]);
  });

  it("holds a method without settings of its own to those of all methods", () => {
    expect(told({ methodSettings: { "*/*": setting(3, 6), "~1pets/GET": setting(1, 1) } })).toEqual([
      "plan-method none",
      "plan none",
      "method none",
      "stage enforced rate burst",
      "account enforced",
      "quota none",
    ]);
  });

  it("lets a method's own settings replace the stage's, also where they set no limit", () => {
    expect(
      told({ methodSettings: { "*/*": setting(3, 6), "~1pets~1{petId}/GET": setting(-1, -1) } }),
    ).toEqual([
      "plan-method none",
      "plan none",
      "method none",
      "stage replaced",
      "account enforced rate burst",
      "quota none",
    ]);
    expect(told({ methodSettings: { "~1pets~1{petId}/GET": setting(3, 6) } })).toContain("stage none");
  });

  it("lets no limit in shadow mode decide anything", () => {
    const plan = {
      throttle: { rateLimit: 1, burstLimit: 1, shadow: true },
      quota: { limit: 1, offset: 0, period: "DAY" as const, shadow: true },
      methodThrottles: {},
    };
    expect(told({ plan, methodSettings: { "*/*": setting(3, 6, true) } })).toEqual([
      "plan-method none",
      "plan shadow",
      "method none",
      "stage shadow",
      "account enforced rate burst",
      "quota shadow",
    ]);
  });

  it("bypasses the plan where the method asks for no key", () => {
    const plan = {
      throttle: { rateLimit: 1, burstLimit: 1 },
      quota: { limit: 1, offset: 0, period: "DAY" as const },
      methodThrottles: {},
    };
    const stack = limitStack(input({ apiKeyRequired: false, plan }));
    expect(stack.isClosed).toBe(false);
    expect(told({ apiKeyRequired: false, plan })).toEqual([
      "plan-method none",
      "plan bypassed",
      "method none",
      "stage none",
      "account enforced rate burst",
      "quota bypassed",
    ]);
  });

  it("is closed to clients without a plan where the method asks for a key", () => {
    const stack = limitStack(input({ plan: null }));
    expect(stack.isClosed).toBe(true);
    expect(stack.layers.map(({ name }) => name)).toEqual(["method", "stage", "account"]);
  });

  it("lets a quota decide the total only if the rate lets so many through in a period", () => {
    const quota = (limit: number) => ({
      throttle: { rateLimit: 1, burstLimit: 10 },
      quota: { limit, offset: 0, period: "DAY" as const },
      methodThrottles: {},
    });
    expect(told({ plan: quota(86_409) })).toContain("quota enforced total");
    expect(told({ plan: quota(86_410) })).toContain("quota enforced");
    const shadow = { rateLimit: 1, burstLimit: 1, shadow: true };
    expect(told({ plan: { ...quota(999_999_999), throttle: null }, accountThrottle: shadow })).toContain(
      "quota enforced total",
    );
  });
});
