import { describe, expect, it } from "vitest";
import { type CanCallInput, canCall } from "./can-call";

const input = (changes: Partial<CanCallInput> = {}): CanCallInput => ({
  key: { name: "Mobile", enabled: true },
  plan: { name: "Gold", quota: { remaining: 90, limit: 100, isShadow: false } },
  otherPlans: [],
  stagePlans: [],
  stage: { name: "prod", apiKeySource: "HEADER", hasPolicy: false, canaryPercent: null },
  method: { label: "GET /pets", apiKeyRequired: true, authorizationType: "NONE" },
  ...changes,
});
const spent = (isShadow: boolean) => ({ name: "Gold", quota: { remaining: 0, limit: 100, isShadow } });

describe("canCall", () => {
  it("admits an enabled key in a plan of the stage whose quota is not used up", () => {
    expect(canCall(input())).toEqual({
      canCall: true,
      reason: "admitted",
      why: "Mobile is in the plan Gold, which covers prod. 90 requests of its quota are left.",
      change: null,
      besides: [],
    });
    const last = { remaining: 1, limit: 100, isShadow: false };
    expect(canCall(input({ plan: { name: "Gold", quota: last } })).why).toContain(
      "1 request of its quota is left",
    );
    expect(canCall(input({ plan: { name: "Gold", quota: null } })).why).toBe(
      "Mobile is in the plan Gold, which covers prod.",
    );
  });

  it("admits any key where none is asked for, also a revoked one", () => {
    const method = { label: "GET /pets", apiKeyRequired: false, authorizationType: "NONE" };
    expect(canCall(input({ method, key: { name: "Mobile", enabled: false }, plan: null }))).toMatchObject({
      canCall: true,
      reason: "no-key-needed",
    });
  });

  it("says that a revoked key has to be restored, before it looks at plans", () => {
    expect(canCall(input({ key: { name: "Mobile", enabled: false }, plan: null }))).toMatchObject({
      canCall: false,
      reason: "key-disabled",
      change: "Restore the key.",
    });
  });

  it("says which plan would open the stage", () => {
    const changeOf = (otherPlans: string[], stagePlans: string[]) => {
      const { reason, why, change } = canCall(input({ plan: null, otherPlans, stagePlans }));
      return [reason, why, change];
    };
    expect(changeOf([], ["Gold", "Free"])).toEqual([
      "not-in-plan",
      "Mobile is in no plan, so the gateway answers 403.",
      "Add the key to a plan that covers the stage: Gold, Free.",
    ]);
    expect(changeOf([], [])[2]).toBe("No plan covers the stage. Make one that does, and add the key to it.");
    expect(changeOf(["Free"], []).slice(1)).toEqual([
      "Mobile is in Free, which does not cover prod, so the gateway answers 403.",
      "Add the stage to Free.",
    ]);
    expect(changeOf(["A", "B"], [])[1]).toContain("which do not cover");
  });

  it("refuses with a quota used up, unless that is in shadow mode", () => {
    expect(canCall(input({ plan: spent(false) }))).toMatchObject({ canCall: false, reason: "quota-used-up" });
    expect(canCall(input({ plan: spent(true) }))).toMatchObject({ canCall: true, reason: "admitted" });
  });

  it("names what else decides", () => {
    const stage = { name: "prod", apiKeySource: "AUTHORIZER", hasPolicy: true, canaryPercent: 5 } as const;
    const method = { label: "GET /pets", apiKeyRequired: true, authorizationType: "CUSTOM" };
    expect(canCall(input({ stage, method })).besides).toHaveLength(4);
  });
});
