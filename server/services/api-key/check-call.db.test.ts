import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { editApi } from "@/server/services/api/edit-api";
import { attachKey } from "@/server/services/usage-plan/attach-key";
import { attachStage } from "@/server/services/usage-plan/attach-stage";
import { createPlan } from "@/server/services/usage-plan/create-plan";
import { extendQuota } from "@/server/services/usage-plan/extend-quota";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { checkCall } from "./check-call";
import { createKey } from "./create-key";
import { keyHistory } from "./key-history";
import { revokeKey } from "./revoke-key";

const NOW = new Date("2026-03-10T12:00:00Z");
let workspace: TestWorkspace;
let stage: { apiId: string; stageName: string };
let planId: string;

beforeAll(async () => {
  workspace = await createTestWorkspace("Calls");
  const { owner } = workspace;
  const { apiId, revision } = await createTestApi(owner);
  const changes = { apiKeyRequired: true };
  const edits = [{ name: "update-method", input: { resourceId: "pets", httpMethod: "GET", changes } }];
  await editApi(owner, { apiId, revision, edits });
  const { stageName } = await deployTestApi(owner, apiId);
  stage = { apiId, stageName };
  ({ planId } = await createPlan(owner, { name: "Gold", quota: { limit: 100, period: "DAY" } }));
  await attachStage(owner, { planId, ...stage });
});

const newKey = async (name: string) => (await createKey(workspace.owner, { name, planIds: [] })).key.id;
const check = (keyId: string) =>
  checkCall(workspace.actor("support"), { ...stage, keyId, method: "/pets/GET" }, NOW);
const use = (keyId: string, used: number) =>
  database().usageCounter.create({
    data: { planId, keyId, periodStart: new Date("2026-03-10T00:00:00Z"), used },
  });

describe("whether a key can call a method", () => {
  it("follows plan, quota and state of the key", async () => {
    const keyId = await newKey("Mobile");
    expect(await check(keyId)).toMatchObject({
      reason: "not-in-plan",
      plan: null,
      change: expect.stringContaining("Gold"),
    });
    await attachKey(workspace.owner, { planId, keyId });
    expect(await check(keyId)).toMatchObject({ canCall: true, plan: { name: "Gold" } });
    await use(keyId, 100);
    expect(await check(keyId)).toMatchObject({ canCall: false, reason: "quota-used-up" });
    await revokeKey(workspace.owner, { keyId });
    expect(await check(keyId)).toMatchObject({ reason: "key-disabled" });
  });

  it("is not told for a method that the stage does not serve", async () => {
    const input = { ...stage, keyId: await newKey("Lost"), method: "/nothing/GET" };
    await expect(checkCall(workspace.owner, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("more requests for this period", () => {
  it("come on top of what is left, all of them even after an overrun, with the reason in the key's history", async () => {
    const keyId = await newKey("Lifted");
    await attachKey(workspace.owner, { planId, keyId });
    await use(keyId, 130);
    const support = workspace.actor("support");
    const more = { planId, keyId, reason: "Launch day" };
    expect(await extendQuota(support, { ...more, more: 50 }, NOW)).toMatchObject({ remaining: 50 });
    expect(await extendQuota(support, { ...more, more: 200 }, NOW)).toMatchObject({ remaining: 250 });
    expect((await check(keyId)).plan?.quota).toMatchObject({ used: 0, limit: 100, remaining: 250 });
    const [last, before, attached] = await keyHistory(support, { keyId });
    expect(last).toMatchObject({
      action: "usage-plan.quota-extended",
      detail: { more: 200, remaining: 250, reason: "Launch day" },
    });
    expect(before).toMatchObject({ detail: { more: 50 } });
    expect(attached).toMatchObject({ action: "usage-plan.key-attached" });
  });

  it("are for a key that has used nothing yet, too, and end with the period", async () => {
    const keyId = await newKey("Fresh");
    await attachKey(workspace.owner, { planId, keyId });
    await extendQuota(workspace.owner, { planId, keyId, more: 5, reason: "Trial" }, NOW);
    expect((await check(keyId)).plan?.quota).toMatchObject({ remaining: 105 });
    const tomorrow = new Date("2026-03-11T00:00:00Z");
    const later = await checkCall(workspace.owner, { ...stage, keyId, method: "/pets/GET" }, tomorrow);
    expect(later.plan?.quota).toMatchObject({ remaining: 100 });
  });

  it("are refused to who may not give them, and where there is no quota or no such key in the plan", async () => {
    const { owner } = workspace;
    const keyId = await newKey("Alone");
    const input = { planId, keyId, more: 5, reason: "Trial" };
    const extend = (actor = owner, changes = {}) => extendQuota(actor, { ...input, ...changes }, NOW);
    await expect(extend(workspace.actor("developer"))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(extend()).rejects.toMatchObject({ code: "NOT_FOUND" });
    const free = (await createPlan(owner, { name: "Free" })).planId;
    await attachKey(owner, { planId: free, keyId });
    await expect(extend(owner, { planId: free })).rejects.toMatchObject({ code: "INVALID" });
  });
});
