import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { listAudit } from "@/server/services/audit/list-audit";
import { serviceErrorOf } from "@/server/services/service-error-of";
import { attachKey, detachKey } from "@/server/services/usage-plan/attach-key";
import { attachStage } from "@/server/services/usage-plan/attach-stage";
import { createPlan } from "@/server/services/usage-plan/create-plan";
import { deletePlan } from "@/server/services/usage-plan/delete-plan";
import { getPlan } from "@/server/services/usage-plan/list-plans";
import { planUsage } from "@/server/services/usage-plan/plan-usage";
import { updatePlan } from "@/server/services/usage-plan/update-plan";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { sha256 } from "@/server/toolkit/sha256";
import { createKey } from "./create-key";
import { deleteKey } from "./delete-key";
import { keyUsage } from "./key-usage";
import { getKey, listKeys } from "./list-keys";
import { restoreKey, revokeKey } from "./revoke-key";
import { updateKey } from "./update-key";

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await createTestWorkspace();
});

describe("an API key", () => {
  it("shows its value once and leaves a hash, four characters and a sealed copy behind", async () => {
    const { key, value } = await createKey(workspace.owner, { name: "Once", planIds: [] });
    expect(value).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(key.valueHint).toBe(value.slice(-4));
    const row = await database().apiKey.findUniqueOrThrow({ where: { id: key.id } });
    expect(row.valueHash).toBe(sha256(value));
    expect(JSON.stringify(row)).not.toContain(value);
    expect(JSON.stringify(await listAudit(workspace.owner, {}))).not.toContain(value);
  });

  it.each(["short", "a".repeat(19), "a".repeat(129), `${"a".repeat(20)} `, `${"a".repeat(20)}é`])(
    "refuses %j as a value",
    async (value) => {
      const input = { name: "Bad", planIds: [], value };
      await expect(createKey(workspace.owner, input)).rejects.toMatchObject({
        code: "INVALID",
        fieldPath: "value",
      });
    },
  );

  it("refuses a value that another key has", async () => {
    const value = `${workspace.id}0123456789abcdef`;
    await createKey(workspace.owner, { name: "First", planIds: [], value });
    const again = createKey(workspace.owner, { name: "Second", planIds: [], value });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT", fieldPath: "value" });
  });

  it("is deleted once when several people delete it at once; the others are told", async () => {
    const { key } = await createKey(workspace.owner, { name: "Gone", planIds: [] });
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => deleteKey(workspace.owner, { keyId: key.id })),
    );
    const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(failures).toHaveLength(2);
    for (const failure of failures)
      expect(["CONFLICT", "NOT_FOUND"]).toContain(serviceErrorOf(failure)?.code);
  });

  it("is switched off and on by support, who may not make or delete one", async () => {
    const support = workspace.actor("support");
    const { key } = await createKey(workspace.owner, { name: "Switch", planIds: [] });
    const { configChangeId } = await revokeKey(support, { keyId: key.id });
    expect(await getKey(support, { keyId: key.id })).toMatchObject({ enabled: false });
    const change = await database().configChange.findUniqueOrThrow({ where: { id: BigInt(configChangeId) } });
    expect(change).toMatchObject({ kind: "key", subject: key.id });
    await restoreKey(support, { keyId: key.id });
    expect(await getKey(support, { keyId: key.id })).toMatchObject({ enabled: true });
    const forbidden = { code: "FORBIDDEN" };
    await expect(createKey(support, { name: "No", planIds: [] })).rejects.toMatchObject(forbidden);
    await expect(deleteKey(support, { keyId: key.id })).rejects.toMatchObject(forbidden);
  });
});

describe("the list of API keys", () => {
  it("pages through all keys, newest first, each exactly once", async () => {
    const own = await createTestWorkspace();
    for (let i = 0; i < 7; i++) await createKey(own.owner, { name: `Key ${i}`, planIds: [] });
    // Same moment for all: the order must not depend on the clock.
    await database().apiKey.updateMany({ where: { workspaceId: own.id }, data: { createdAt: new Date(0) } });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listKeys(own.owner, { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((key) => key.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(Array.from({ length: 7 }, (_, i) => `Key ${i}`));
  });

  it("finds by part of name and customer, by id, last four characters and whole value", async () => {
    const own = await createTestWorkspace();
    const { key, value } = await createKey(own.owner, {
      name: "Mobile 50%_app",
      customerId: "ACME-17",
      planIds: [],
    });
    await createKey(own.owner, { name: "Other", planIds: [] });
    for (const search of ["mobile", "50%_A", "acme", key.id, key.valueHint, value, ` ${value} `]) {
      const { items } = await listKeys(own.owner, { search });
      expect(
        items.map((item) => item.id),
        search,
      ).toEqual([key.id]);
    }
    expect((await listKeys(own.owner, { search: "M_bile" })).items).toEqual([]);
    await updateKey(own.owner, { keyId: key.id, changes: { customerId: null } });
    expect((await listKeys(own.owner, { search: "acme" })).items).toEqual([]);
  });
});

describe("a usage plan", () => {
  it("takes a key that no other plan has for the same stage, whichever way they would meet", async () => {
    const { owner } = await createTestWorkspace();
    const { apiId } = await createTestApi(owner);
    await deployTestApi(owner, apiId, "prod");
    await deployTestApi(owner, apiId, "test");
    const a = (await createPlan(owner, { name: "A" })).planId;
    const b = (await createPlan(owner, { name: "B" })).planId;
    await attachStage(owner, { planId: a, apiId, stageName: "prod" });
    await attachStage(owner, { planId: b, apiId, stageName: "test" });
    const keyId = (await createKey(owner, { name: "Key", planIds: [a, b] })).key.id;
    const conflict = { code: "CONFLICT" };
    await expect(attachStage(owner, { planId: b, apiId, stageName: "prod" })).rejects.toMatchObject(conflict);
    await detachKey(owner, { planId: b, keyId });
    await attachStage(owner, { planId: b, apiId, stageName: "prod" });
    await expect(attachKey(owner, { planId: b, keyId })).rejects.toMatchObject({
      ...conflict,
      message: expect.stringContaining("A already"),
    });
    await expect(createKey(owner, { name: "Both", planIds: [a, b] })).rejects.toMatchObject(conflict);
    await expect(attachKey(owner, { planId: a, keyId })).rejects.toMatchObject(conflict);
  });

  it("changes its limits one at a time and takes them away with null", async () => {
    const { owner } = workspace;
    const quota = { limit: 100, period: "MONTH" as const };
    const { planId } = await createPlan(owner, {
      name: "Limits",
      throttle: { rateLimit: 1, burstLimit: 20 },
      quota,
    });
    await updatePlan(owner, { planId, changes: { quota: null, description: "No quota" } });
    expect(await getPlan(owner, { planId })).toMatchObject({
      name: "Limits",
      description: "No quota",
      throttle: { rateLimit: 1, burstLimit: 20 },
      quota: null,
    });
    const wrong = updatePlan(owner, { planId, changes: { quota: { limit: 10, offset: 1, period: "DAY" } } });
    await expect(wrong).rejects.toMatchObject({ code: "INVALID", fieldPath: "quota.offset" });
  });

  it("is not deleted while it has keys", async () => {
    const { owner } = workspace;
    const { planId } = await createPlan(owner, { name: "Held" });
    const keyId = (await createKey(owner, { name: "Holder", planIds: [planId] })).key.id;
    await expect(deletePlan(owner, { planId })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { keyCount: 1 },
    });
    await deleteKey(owner, { keyId });
    await deletePlan(owner, { planId });
    await expect(getPlan(owner, { planId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("usage", () => {
  it("tells what a key used today, per day, and of its quota until when", async () => {
    const { owner } = await createTestWorkspace();
    const now = new Date("2026-03-04T10:00:00Z");
    const quota = { limit: 100, offset: 10, period: "MONTH" as const };
    const { planId } = await createPlan(owner, { name: "Usage", quota });
    const keyId = (await createKey(owner, { name: "User", planIds: [planId] })).key.id;
    const joined = (createdAt: string) =>
      database().usagePlanKey.updateMany({
        where: { planId, keyId },
        data: { createdAt: new Date(createdAt) },
      });
    await database().usageCounter.create({
      data: { planId, keyId, periodStart: new Date("2026-03-01T00:00:00Z"), used: 42n },
    });
    await database().usageDay.createMany({
      data: [
        { planId, keyId, day: new Date("2026-03-04"), count: 12n, throttled: 3n },
        { planId, keyId, day: new Date("2026-03-02"), count: 30n },
        { planId, keyId, day: new Date("2026-02-20"), count: 9n },
      ],
    });
    await joined("2026-02-01T00:00:00Z");
    const state = {
      used: 42,
      limit: 100,
      remaining: 58,
      period: "MONTH",
      resetsAt: new Date("2026-04-01T00:00:00Z"),
    };
    const { items } = await listKeys(owner, {}, now);
    expect(items).toMatchObject([{ usedToday: 12, quota: state }]);
    const days = [
      { day: "2026-03-02", count: 30, throttled: 0, shadowed: 0 },
      { day: "2026-03-03", count: 0, throttled: 0, shadowed: 0 },
      { day: "2026-03-04", count: 12, throttled: 3, shadowed: 0 },
    ];
    expect(await keyUsage(owner, { keyId, days: 3 }, now)).toEqual({
      days,
      plans: [{ id: planId, name: "Usage", quota: state }],
    });
    const usage = await planUsage(owner, { planId, days: 3 }, now);
    expect(usage.days).toEqual(days);
    expect(usage.keys).toMatchObject([{ keyId, count: 42, throttled: 3, quota: state }]);
    await joined("2026-03-03T00:00:00Z");
    expect((await getKey(owner, { keyId }, now)).quota).toMatchObject({ limit: 90 });
  });
});
