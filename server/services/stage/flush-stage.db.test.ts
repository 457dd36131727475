import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { useOwnDatabase } from "@/server/testing/own-database";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace } from "@/server/testing/test-workspace";
import { flushStage } from "./flush-stage";
import { flushingStages } from "./flushing-stages";

// Gateways belong to no workspace: those of other suites would count, too.
beforeAll(async () => {
  await useOwnDatabase();
});

async function newStage() {
  const workspace = await createTestWorkspace();
  const { apiId } = await createTestApi(workspace.owner);
  const { stageName } = await deployTestApi(workspace.owner, apiId);
  return { workspace, owner: workspace.owner, apiId, stageName };
}

describe("flushing a stage", () => {
  it.each([
    ["authorizer-cache", "stage.authorizers-flushed"],
    ["response-cache", "stage.cache-flushed"],
  ] as const)("tells the gateways of its %s, and only who may change the stage can", async (cache, type) => {
    const { workspace, owner, apiId, stageName } = await newStage();
    const { configChangeId } = await flushStage(owner, { apiId, stageName, cache });
    const where = { kind: cache, subject: `${apiId}/${stageName}` };
    const changes = await database().configChange.findMany({ where });
    expect(changes.map(({ id }) => String(id))).toEqual([configChangeId]);
    expect(await database().outboxEvent.count({ where: { type, workspaceId: workspace.id } })).toBe(1);
    const viewer = workspace.actor("viewer");
    await expect(flushStage(viewer, { apiId, stageName, cache })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(flushStage(owner, { apiId, stageName: "none", cache })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("goes on until every gateway that is alive has done it", async () => {
    const { owner, apiId, stageName } = await newStage();
    const { configChangeId } = await flushStage(owner, { apiId, stageName, cache: "response-cache" });
    const cursor = BigInt(configChangeId);
    const report = async (id: string, more: { cursor: bigint; seenAt?: Date }) => {
      const row = {
        startedAt: new Date(0),
        seenAt: new Date(),
        address: "http://node",
        rejected: [],
        ...more,
      };
      await database().gatewayNode.upsert({ where: { id }, create: { id, ...row }, update: row });
    };
    await report("gone", { cursor: cursor - 1n, seenAt: new Date(0) });
    await report("quick", { cursor });
    expect(await flushingStages(owner, { apiId })).toEqual(new Set());
    await report("slow", { cursor: cursor - 1n });
    expect(await flushingStages(owner, { apiId })).toEqual(new Set([stageName]));
    await report("slow", { cursor });
    expect(await flushingStages(owner, { apiId })).toEqual(new Set());
  });
});
