import { beforeAll, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { useOwnDatabase } from "@/server/testing/own-database";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace } from "@/server/testing/test-workspace";
import { stageNodes } from "./stage-nodes";

const NOW = new Date("2026-01-01T00:00:00Z");
const ids = ["stage-nodes-1", "stage-nodes-2", "stage-nodes-3"];
let apiId: string;
let actor: Awaited<ReturnType<typeof createTestWorkspace>>["owner"];

beforeAll(async () => {
  // Nodes belong to no workspace: those of other suites would count, too.
  await useOwnDatabase();
  actor = (await createTestWorkspace()).owner;
  apiId = (await createTestApi(actor)).apiId;
});

const report = (index: number, cursor: bigint, rejected: object[] = []) => {
  const id = ids[index] as string;
  const row = {
    startedAt: NOW,
    seenAt: NOW,
    cursor,
    address: `http://node${index}`,
    rejected,
    exportsTraces: index === 1,
  };
  return database().gatewayNode.upsert({ where: { id }, create: { id, ...row }, update: row });
};

it("tells how many gateways serve a stage as it is, and what the others refuse", async () => {
  const before = BigInt((await deployTestApi(actor, apiId, "dev")).configChangeId);
  const deployed = await deployTestApi(actor, apiId, "prod");
  const last = BigInt(deployed.configChangeId);
  const { deploymentId } = deployed;
  await report(0, last);
  await report(1, before);
  const refusal = { apiId, stageName: "prod", deploymentId, isCanary: true, reason: "no such directive" };
  await report(2, last, [refusal, { ...refusal, apiId: "another" }]);
  const told = { address: "http://node2", deploymentId, isCanary: true, reason: "no such directive" };
  expect(await stageNodes(actor, { apiId }, NOW)).toEqual([
    { stageName: "dev", nodes: 3, applied: 3, exporting: 1, refusals: [] },
    { stageName: "prod", nodes: 3, applied: 1, exporting: 1, refusals: [told] },
  ]);
  await report(1, last);
  expect((await stageNodes(actor, { apiId }, NOW))[1]).toMatchObject({ nodes: 3, applied: 2 });
  const later = new Date(NOW.getTime() + 60_000);
  expect((await stageNodes(actor, { apiId }, later))[1]).toMatchObject({ nodes: 0, applied: 0 });
});
