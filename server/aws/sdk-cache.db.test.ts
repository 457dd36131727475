import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateStageCommand,
  FlushStageCacheCommand,
  GetStageCommand,
  GetStagesCommand,
  ImportRestApiCommand,
  type PatchOperation,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { getStage } from "@/server/services/stage/get-stage";
import { startAwsEndpoint } from "@/server/testing/aws-endpoint";
import { useOwnDatabase } from "@/server/testing/own-database";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";

const DOCUMENT = JSON.stringify({
  openapi: "3.0.1",
  info: { title: "Pets", version: "1.0" },
  paths: { "/": { get: { "x-amazon-apigateway-integration": { type: "mock" } } } },
});

let workspace: TestWorkspace;
let endpoint: Awaited<ReturnType<typeof startAwsEndpoint>>;
let client: APIGatewayClient;
let restApiId: string;
let deploymentId: string;

beforeAll(async () => {
  // Gateways belong to no workspace: those of other suites would count, too.
  await useOwnDatabase();
  workspace = await createTestWorkspace();
  endpoint = await startAwsEndpoint();
  const credentials = await createAccessKey(workspace.owner, { name: "owner", role: "owner" });
  client = new APIGatewayClient({ endpoint: endpoint.url, region: "us-east-1", credentials, maxAttempts: 1 });
  const api = await client.send(new ImportRestApiCommand({ body: Buffer.from(DOCUMENT) }));
  restApiId = api.id as string;
  deploymentId = (await client.send(new CreateDeploymentCommand({ restApiId }))).id as string;
});
afterAll(() => endpoint?.stop());

const get = (stageName: string) => client.send(new GetStageCommand({ restApiId, stageName }));
const patch = (stageName: string, ...patchOperations: PatchOperation[]) =>
  client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
const configOf = async (stageName: string) =>
  (await getStage(workspace.owner, { apiId: restApiId, stageName })).config;

describe("the cache of a stage, for AWS's clients", () => {
  it("is a setting of the stage, whichever call turns it on", async () => {
    const made = { restApiId, deploymentId, stageName: "made", cacheClusterEnabled: true };
    await client.send(new CreateStageCommand({ ...made, cacheClusterSize: "1.6" }));
    expect(await get("made")).toMatchObject({ cacheClusterSize: "1.6", cacheClusterStatus: "AVAILABLE" });
    expect(await configOf("made")).toMatchObject({ cacheClusterEnabled: true, cacheClusterSize: "1.6" });

    await client.send(
      new CreateDeploymentCommand({ restApiId, stageName: "deployed", cacheClusterEnabled: true }),
    );
    expect(await get("deployed")).toMatchObject({ cacheClusterEnabled: true, cacheClusterSize: "0.5" });

    await patch("made", { op: "replace", path: "/cacheClusterEnabled", value: "false" });
    expect(await get("made")).toMatchObject({
      cacheClusterEnabled: false,
      cacheClusterStatus: "NOT_AVAILABLE",
    });
    await patch("made", { op: "replace", path: "/cacheClusterSize", value: "237" });
    expect(await configOf("made")).toMatchObject({ cacheClusterEnabled: false, cacheClusterSize: "237" });
    await expect(
      patch("made", { op: "replace", path: "/cacheClusterSize", value: "2" }),
    ).rejects.toMatchObject({ name: "BadRequestException" });
  });

  it("keeps what several clients set of its methods and variables at once", async () => {
    await client.send(new CreateStageCommand({ restApiId, deploymentId, stageName: "busy" }));
    const names = Array.from({ length: 12 }, (_, index) => `pets${index}`);
    await Promise.all(
      names.map((name) =>
        patch(
          "busy",
          { op: "replace", path: `/~1${name}/GET/caching/ttlInSeconds`, value: "60" },
          { op: "replace", path: `/variables/${name}`, value: "on" },
        ),
      ),
    );
    const { methodSettings, variables } = await get("busy");
    expect(Object.keys(variables ?? {}).sort()).toEqual([...names].sort());
    expect(Object.keys(methodSettings ?? {}).sort()).toEqual(names.map((name) => `${name}/GET`).sort());
  });

  it("does not begin to cache a POST because something else of it is set", async () => {
    await client.send(new CreateStageCommand({ restApiId, deploymentId, stageName: "verbs" }));
    const { methodSettings } = await patch(
      "verbs",
      { op: "replace", path: "/*/*/caching/enabled", value: "true" },
      { op: "replace", path: "/~1pets/POST/metrics/enabled", value: "true" },
      { op: "replace", path: "/~1pets/GET/metrics/enabled", value: "true" },
      { op: "replace", path: "/~1pets/PUT/caching/enabled", value: "true" },
    );
    const enabled = Object.entries(methodSettings ?? {}).map(([key, one]) => [key, one.cachingEnabled]);
    expect(Object.fromEntries(enabled)).toEqual({
      "*/*": true,
      "pets/GET": true,
      "pets/POST": false,
      "pets/PUT": true,
    });
  });

  it("is flushed by the gateways, and says so until each has done it", async () => {
    const stage = { restApiId, stageName: "flushed" };
    await client.send(new CreateStageCommand({ ...stage, deploymentId, cacheClusterEnabled: true }));
    const node = { startedAt: new Date(), seenAt: new Date(), address: "http://node", rejected: [] };
    await database().gatewayNode.create({ data: { ...node, id: "slow", cursor: 0n } });
    await client.send(new FlushStageCacheCommand(stage));
    const where = { kind: "response-cache", subject: `${restApiId}/flushed` };
    const changes = await database().configChange.findMany({ where });
    expect(changes).toHaveLength(1);
    expect(await get("flushed")).toMatchObject({ cacheClusterStatus: "FLUSH_IN_PROGRESS" });
    const { item } = await client.send(new GetStagesCommand({ restApiId }));
    expect(item?.find(({ stageName }) => stageName === "flushed")).toMatchObject({
      cacheClusterStatus: "FLUSH_IN_PROGRESS",
    });
    const done = { cursor: changes[0]?.id, seenAt: new Date() };
    await database().gatewayNode.update({ where: { id: "slow" }, data: done });
    expect(await get("flushed")).toMatchObject({ cacheClusterStatus: "AVAILABLE" });
    await expect(
      client.send(new FlushStageCacheCommand({ restApiId, stageName: "none" })),
    ).rejects.toMatchObject({ name: "NotFoundException" });
  });
});
