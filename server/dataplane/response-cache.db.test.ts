import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import type { StageChanges } from "@/server/services/stage/change-stage";
import { flushStage } from "@/server/services/stage/flush-stage";
import { stageMetrics } from "@/server/services/stage/stage-metrics";
import { updateStage } from "@/server/services/stage/update-stage";
import { buildApi } from "@/server/testing/api-builder";
import { sendRaw } from "@/server/testing/conformance/raw-request";
import { useOwnDatabase } from "@/server/testing/own-database";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { type RunningNode, startGatewayNode } from "./gateway-node";

/** Each answer is another one, unless it was kept. */
const snapshot = buildApi({
  "GET /": {
    methodIntegration: {
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      integrationResponses: { 200: { responseTemplates: { "application/json": "$context.requestId" } } },
    },
  },
});
const log = pino({ level: "silent" });
const nodes: RunningNode[] = [];
const folders: string[] = [];
let workspace: TestWorkspace;
let stage: { apiId: string; stageName: string };

beforeAll(async () => {
  const databaseUrl = await useOwnDatabase();
  workspace = await createTestWorkspace();
  const { apiId } = await createTestApi(workspace.owner);
  const { stageName, deploymentId } = await deployTestApi(workspace.owner, apiId);
  stage = { apiId, stageName };
  await database().deployment.update({ where: { id: deploymentId }, data: { snapshot } });
  const methodSettings = { "*/*": { cachingEnabled: true } };
  await updateStage(workspace.owner, { ...stage, changes: { cacheClusterEnabled: true, methodSettings } });
  for (let i = 0; i < 2; i++) {
    const dataDir = mkdtempSync(path.join(tmpdir(), "gatehouse-cache-"));
    folders.push(dataDir);
    nodes.push(await startGatewayNode({ databaseUrl, host: "127.0.0.1", port: 0, dataDir, log }));
  }
}, 60_000);
afterAll(async () => {
  for (const node of nodes) await node.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const answers = () =>
  Promise.all(
    nodes.map(async ({ port }) => {
      const { body } = await sendRaw(
        port,
        `GET /${stage.apiId}/${stage.stageName}/ HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      );
      return body.toString();
    }),
  );
const taken = (configChangeId: string) =>
  expect.poll(() => nodes.every(({ feed }) => feed.cursor >= BigInt(configChangeId)), { timeout: 10_000 });
async function change(changes: StageChanges): Promise<void> {
  await taken((await updateStage(workspace.owner, { ...stage, changes })).configChangeId).toBe(true);
}

describe("the response cache of gateways on PostgreSQL", () => {
  it("is emptied on every node by a flush", async () => {
    const first = await answers();
    expect(new Set(first).size).toBe(2);
    expect(await answers()).toEqual(first);
    const { configChangeId } = await flushStage(workspace.owner, { ...stage, cache: "response-cache" });
    await taken(configChangeId).toBe(true);
    const second = await answers();
    expect(second.filter((answer) => first.includes(answer))).toEqual([]);
    expect(await answers()).toEqual(second);
  });

  it("lives through other changes of the stage, and loses all with its size and its switch", async () => {
    const first = await answers();
    await change({ variables: { colour: "blue" } });
    expect(await answers()).toEqual(first);
    await change({ cacheClusterSize: "1.6" });
    const second = await answers();
    expect(second.filter((answer) => first.includes(answer))).toEqual([]);
    await change({ cacheClusterEnabled: false });
    expect(await answers()).not.toEqual(await answers());
    await change({ cacheClusterEnabled: true });
    const third = await answers();
    expect(third.filter((answer) => second.includes(answer))).toEqual([]);
  });

  it("has its hits and misses in the stage's metrics", async () => {
    const counted = async () => {
      const points = await stageMetrics(workspace.owner, { ...stage, minutes: 10 });
      return points.reduce(
        (sum, { cacheHits, cacheMisses }) => ({
          hits: sum.hits + cacheHits,
          misses: sum.misses + cacheMisses,
        }),
        { hits: 0, misses: 0 },
      );
    };
    await expect.poll(counted, { timeout: 15_000 }).toEqual({ hits: 8, misses: 8 });
  });
});
