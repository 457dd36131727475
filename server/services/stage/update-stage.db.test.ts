import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { LATENCY_BUCKET_COUNT, latencyBucketOf } from "@/server/gateway/latency-buckets";
import { methodSettingSchema } from "@/server/gateway/snapshot/stage-config";
import { deleteApi } from "@/server/services/api/delete-api";
import { createKey } from "@/server/services/api-key/create-key";
import { putStored } from "@/server/services/stored-resource/change-stored";
import { attachStage, detachStage } from "@/server/services/usage-plan/attach-stage";
import { createPlan } from "@/server/services/usage-plan/create-plan";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import type { StageChanges } from "./change-stage";
import { deleteStage } from "./delete-stage";
import { getStage } from "./get-stage";
import { listStages } from "./list-stages";
import { stageMetrics } from "./stage-metrics";
import { getStageUse } from "./stage-use";
import { updateStage } from "./update-stage";

let workspace: TestWorkspace;
let stage: { apiId: string; stageName: string };

beforeAll(async () => {
  workspace = await createTestWorkspace();
  const { apiId } = await createTestApi(workspace.owner);
  await deployTestApi(workspace.owner, apiId, "prod");
  stage = { apiId, stageName: "prod" };
});

describe("a stage's settings", () => {
  it("change one by one, with a history line and a word to the data planes", async () => {
    const first = await updateStage(workspace.owner, {
      ...stage,
      changes: {
        variables: { backend: "example.com" },
        methodSettings: { "*/*": { throttlingRateLimit: 5 } },
      },
    });
    expect(first.config.methodSettings["*/*"]).toMatchObject({ throttlingRateLimit: 5, loggingLevel: "OFF" });
    const second = await updateStage(workspace.owner, {
      ...stage,
      changes: { description: "Live", accessLogFormat: "$context.requestId" },
    });
    expect(second.config).toMatchObject({
      variables: { backend: "example.com" },
      accessLogFormat: "$context.requestId",
    });
    const detail = await getStage(workspace.owner, stage);
    expect(detail).toMatchObject({ description: "Live", config: second.config });
    expect(detail.events.map((event) => event.kind)).toEqual([
      "settings-changed",
      "settings-changed",
      "deployed",
    ]);
    const change = await database().configChange.findUniqueOrThrow({
      where: { id: BigInt(second.configChangeId) },
    });
    expect(change).toMatchObject({ kind: "stage", subject: `${stage.apiId}/prod` });
  });

  it("keep what two people changed in forms that were read at the same time", async () => {
    const setting = (changes: object) => methodSettingSchema.parse(changes);
    const methodSettings = { "*/*": setting({}) };
    await updateStage(workspace.owner, { ...stage, changes: { methodSettings } });
    const base = { methodSettings };
    const cached = { ...methodSettings, "~1pets/GET": setting({ cachingEnabled: true }) };
    await updateStage(workspace.owner, { ...stage, changes: { methodSettings: cached }, base });
    const limited = {
      "*/*": setting({ throttlingRateLimit: 7 }),
      "~1pets/GET": setting({ throttlingRateLimit: 3 }),
    };
    await updateStage(workspace.owner, { ...stage, changes: { methodSettings: limited }, base });
    const { config } = await getStage(workspace.owner, stage);
    expect(config.methodSettings).toEqual({
      "*/*": setting({ throttlingRateLimit: 7 }),
      "~1pets/GET": setting({ cachingEnabled: true, throttlingRateLimit: 3 }),
    });
    await updateStage(workspace.owner, { ...stage, changes: { methodSettings } });
    expect((await getStage(workspace.owner, stage)).config.methodSettings).toEqual(methodSettings);
  });

  it("are named in the history only where they differ afterwards", async () => {
    const { config } = await getStage(workspace.owner, stage);
    const changed = async (changes: StageChanges) => {
      const before = (await getStage(workspace.owner, stage)).events.length;
      await updateStage(workspace.owner, { ...stage, changes });
      const { events } = await getStage(workspace.owner, stage);
      return events.length === before ? null : events[0]?.detail;
    };
    const ttl = { "*/*": { cacheTtlInSeconds: 7 } };
    const cache = { cacheClusterEnabled: false, cacheClusterSize: "0.5" };
    expect(await changed({ ...cache, methodSettings: ttl })).toEqual({
      changed: ["cacheClusterEnabled", "cacheClusterSize", "methodSettings"],
    });
    expect(await changed({ ...cache, methodSettings: { "*/*": { cacheTtlInSeconds: 8 } } })).toEqual({
      changed: ["methodSettings"],
    });
    expect(await changed({ ...cache, variables: config.variables, description: "Live" })).toBeNull();
    expect(await changed({ description: "Alive", clientCertificateId: null })).toEqual({
      changed: ["description"],
    });
  });

  it.each([
    ["a variable's value", { variables: { a: "no spaces" } }, "variables.a"],
    ["a method key", { methodSettings: { "GET /pets": {} } }, "methodSettings.GET /pets"],
    [
      "a throttle",
      { methodSettings: { "*/*": { throttlingBurstLimit: 1.5 } } },
      "methodSettings.*/*.throttlingBurstLimit",
    ],
  ])("refuse %s that AWS would refuse, naming the field", async (_, changes, fieldPath) => {
    await expect(updateStage(workspace.owner, { ...stage, changes })).rejects.toMatchObject({
      code: "INVALID",
      fieldPath,
    });
  });
});

describe("a stage's metrics", () => {
  it("add the methods up, fill quiet minutes with nought and read quantiles off the histogram", async () => {
    const now = new Date("2026-03-04T10:05:30Z");
    const buckets = (latencyMs: number, count: number) => {
      const counts = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
      counts[latencyBucketOf(latencyMs)] = count;
      return counts;
    };
    const row = { apiId: stage.apiId, stage: "prod", errors5xx: 0, latencySumMs: 0, integrationSumMs: 0 };
    const minute = new Date("2026-03-04T10:04:00Z");
    await database().metricMinute.createMany({
      data: [
        {
          ...row,
          route: "GET /pets",
          minute,
          count: 90,
          errors4xx: 3,
          cacheHits: 80,
          cacheMisses: 10,
          buckets: buckets(4, 90),
        },
        { ...row, route: "GET /cats", minute, count: 10, errors4xx: 0, buckets: buckets(700, 10) },
        {
          ...row,
          route: "GET /pets",
          minute: new Date("2026-03-04T10:01:00Z"),
          count: 7,
          errors4xx: 0,
          buckets: [],
        },
      ],
    });
    const series = await stageMetrics(workspace.owner, { ...stage, minutes: 3 }, now);
    expect(series.map((point) => [point.minute.toISOString().slice(11, 16), point.count])).toEqual([
      ["10:03", 0],
      ["10:04", 100],
      ["10:05", 0],
    ]);
    expect(series[1]).toMatchObject({ errors4xx: 3, errors5xx: 0, cacheHits: 80, cacheMisses: 10 });
    expect(series[1]?.p50Ms).toBeLessThanOrEqual(5);
    expect(series[1]?.p95Ms).toBeGreaterThan(500);
    expect(series[0]).toMatchObject({ p50Ms: null, p95Ms: null });
    const cats = await stageMetrics(workspace.owner, { ...stage, minutes: 2, route: "GET /cats" }, now);
    expect(cats[0]?.count).toBe(10);
  });
});

describe("deleting a stage", () => {
  it("is refused to AWS's clients while a usage plan covers it, naming the plan", async () => {
    const { planId } = await createPlan(workspace.owner, { name: "Gold" });
    await attachStage(workspace.owner, { planId, ...stage });
    const viaAws = { ...workspace.owner, channel: "aws" as const };
    const refusal = { code: "CONFLICT", details: { plans: [{ id: planId, name: "Gold" }] } };
    await expect(deleteStage(viaAws, { ...stage, force: true })).rejects.toMatchObject(refusal);
    await detachStage(workspace.owner, { planId, ...stage });
  });

  it("is refused while plans, keys, domain names or clients use it, saying so, until it is told to", async () => {
    const { planId } = await createPlan(workspace.owner, { name: "Silver" });
    await attachStage(workspace.owner, { planId, ...stage });
    await createKey(workspace.owner, { name: "one", planIds: [planId] });
    const mapping = (basePath: string, to: object) =>
      putStored(
        workspace.owner,
        { kind: "base-path-mapping", parentId: "api.test", id: basePath },
        { basePath, ...to },
      );
    const { apiId, stageName } = stage;
    await mapping("v1", { restApiId: apiId, stage: stageName });
    await mapping("any", { restApiId: apiId, stage: null });
    await mapping("other", { restApiId: apiId, stage: "other" });
    const minute = new Date(Date.now() - 60_000);
    const row = { apiId, stage: stageName, route: "GET /pets", errors4xx: 0, errors5xx: 0, buckets: [] };
    const sums = { latencySumMs: 0, integrationSumMs: 0 };
    await database().metricMinute.create({ data: { ...row, ...sums, minute, count: 12 } });
    const use = {
      plans: [{ id: planId, name: "Silver", keys: 1 }],
      keys: 1,
      domains: [
        { domainName: "api.test", basePath: "any" },
        { domainName: "api.test", basePath: "v1" },
      ],
      requests: 12,
    };
    expect(await getStageUse(workspace.owner, stage)).toEqual(use);
    const message =
      "It is still used: 1 usage plan (Silver), 1 API key, 2 mappings of domain names, 12 requests in the last hour";
    const refusal = { code: "CONFLICT", message, details: use };
    await expect(deleteStage(workspace.owner, stage)).rejects.toMatchObject(refusal);
    await expect(deleteApi(workspace.owner, { apiId })).rejects.toMatchObject({ code: "CONFLICT" });
    const { configChangeId } = await deleteStage(workspace.owner, { ...stage, force: true });
    expect(await listStages(workspace.owner, { apiId })).toEqual([]);
    const told = await database().configChange.findMany({
      where: { id: { lte: BigInt(configChangeId) }, subject: { in: [planId, `${apiId}/${stageName}`] } },
      orderBy: { id: "desc" },
      take: 2,
    });
    expect(told.map(({ kind }) => kind)).toEqual(["stage", "plan"]);
    await database().metricMinute.deleteMany({ where: { apiId } });
  });
});
