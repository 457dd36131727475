import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace } from "@/server/testing/test-workspace";
import { flushStage } from "./flush-stage";
import { flushingStages } from "./flushing-stages";

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
    const id = randomUUID();
    const node = { id, startedAt: new Date(), seenAt: new Date(), address: "http://node", rejected: [] };
    await database().gatewayNode.create({ data: { ...node, cursor: BigInt(configChangeId) - 1n } });
    try {
      expect(await flushingStages(owner, { apiId })).toEqual(new Set([stageName]));
      await database().gatewayNode.update({ where: { id }, data: { cursor: BigInt(configChangeId) } });
      await expect.poll(() => flushingStages(owner, { apiId })).toEqual(new Set());
    } finally {
      await database().gatewayNode.delete({ where: { id } });
    }
  });
});
