import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  GetStageCommand,
  ImportRestApiCommand,
  type PatchOperation,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { updateCanary } from "@/server/services/canary/change-canary";
import { getStage } from "@/server/services/stage/get-stage";
import { startAwsEndpoint } from "@/server/testing/aws-endpoint";
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
let names = 0;

beforeAll(async () => {
  workspace = await createTestWorkspace();
  endpoint = await startAwsEndpoint();
  const credentials = await createAccessKey(workspace.owner, { name: "owner", role: "owner" });
  client = new APIGatewayClient({ endpoint: endpoint.url, region: "us-east-1", credentials, maxAttempts: 1 });
  const api = await client.send(new ImportRestApiCommand({ body: Buffer.from(DOCUMENT) }));
  restApiId = api.id as string;
  deploymentId = (await client.send(new CreateDeploymentCommand({ restApiId }))).id as string;
});
afterAll(() => endpoint?.stop());

async function newStage(canarySettings?: object): Promise<string> {
  const stageName = `stage${++names}`;
  const variables = { host: "one" };
  await client.send(
    new CreateStageCommand({ restApiId, stageName, deploymentId, variables, canarySettings }),
  );
  return stageName;
}
const get = (stageName: string) => client.send(new GetStageCommand({ restApiId, stageName }));
const patch = (stageName: string, ...patchOperations: PatchOperation[]) =>
  client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
const deploy = (stageName: string | undefined, canarySettings?: object) =>
  client.send(new CreateDeploymentCommand({ restApiId, stageName, canarySettings }));

describe("a canary of AWS's clients", () => {
  it("is made by CreateDeployment on a stage, and ended by one that is for the stage itself", async () => {
    const stageName = await newStage();
    const { id } = await deploy(stageName, { percentTraffic: 12.5, stageVariableOverrides: { host: "two" } });
    expect(await get(stageName)).toMatchObject({
      deploymentId,
      canarySettings: {
        percentTraffic: 12.5,
        deploymentId: id,
        stageVariableOverrides: { host: "two" },
        useStageCache: false,
      },
    });
    const next = await deploy(stageName);
    const stage = await get(stageName);
    expect(stage.deploymentId).toBe(next.id);
    expect(stage.canarySettings).toBeUndefined();
  });

  it("is made by CreateStage and by UpdateStage, with the stage's deployment and 0 % unless told", async () => {
    const settings = { percentTraffic: 0, deploymentId, useStageCache: false };
    expect((await get(await newStage({}))).canarySettings).toEqual(settings);
    const stageName = await newStage();
    const { canarySettings } = await patch(stageName, {
      op: "replace",
      path: "/canarySettings/percentTraffic",
      value: "10.0",
    });
    expect(canarySettings).toEqual({ ...settings, percentTraffic: 10 });
  });

  it("is promoted by AWS's three operations in one call, and stays at 0 % with its overrides", async () => {
    const stageName = await newStage();
    const { id } = await deploy(stageName, { percentTraffic: 40, stageVariableOverrides: { extra: "more" } });
    const stage = await patch(
      stageName,
      { op: "replace", path: "/canarySettings/percentTraffic", value: "0.0" },
      { op: "copy", from: "/canarySettings/stageVariableOverrides", path: "/variables" },
      { op: "copy", from: "/canarySettings/deploymentId", path: "/deploymentId" },
    );
    expect(stage).toMatchObject({
      deploymentId: id,
      variables: { host: "one", extra: "more" },
      canarySettings: { percentTraffic: 0, deploymentId: id, stageVariableOverrides: { extra: "more" } },
    });
    const removed = await patch(stageName, { op: "remove", path: "/canarySettings" });
    expect(removed.canarySettings).toBeUndefined();
  });

  it("keeps whom it was told to keep, which AWS's clients neither see nor lose", async () => {
    const stageName = await newStage({ percentTraffic: 10 });
    const name = { apiId: restApiId, stageName };
    const sticky = { by: "header" as const, name: "X-Customer" };
    await updateCanary(workspace.owner, { ...name, changes: { sticky } });
    const after = await patch(stageName, {
      op: "replace",
      path: "/canarySettings/percentTraffic",
      value: "20",
    });
    expect(after.canarySettings).toEqual({ percentTraffic: 20, deploymentId, useStageCache: false });
    const { config } = await getStage(workspace.owner, name);
    expect(config.canary?.sticky).toEqual(sticky);
  });

  it("keeps its deployment from being deleted", async () => {
    const stageName = await newStage();
    const { id } = await deploy(stageName, {});
    const deleted = client.send(new DeleteDeploymentCommand({ restApiId, deploymentId: id }));
    await expect(deleted).rejects.toThrow(
      "Active stages pointing to this deployment must be moved or deleted",
    );
  });

  const REPLACE = { op: "replace", value: "x" } as const;
  const COPIES =
    "Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]";
  it.each<[PatchOperation, string]>([
    [{ ...REPLACE, path: "/canarySettings/deploymentId" }, "Deployment id does not exist"],
    [
      { op: "add", path: "/canarySettings/percentTraffic", value: "1" },
      "Invalid add operation with path: /canarySettings/percentTraffic",
    ],
    [
      { op: "add", path: "/canarySettings/stageVariableOverrides/x", value: "1" },
      "Invalid add operation with path: /canarySettings/stageVariableOverrides/x",
    ],
    [
      { ...REPLACE, path: "/canarySettings" },
      "Invalid method setting path: /canarySettings. Must be one of: [/deplo",
    ],
    [
      { ...REPLACE, path: "/canarySettings/x" },
      "Invalid method setting path: /canarySettings/x. Must be one of: [",
    ],
    [
      { op: "remove", path: "/canarySettings/percentTraffic" },
      "Cannot remove method setting canarySettings/percentTraffic because there is no method setting for this method ",
    ],
    [
      { op: "copy", from: "/canarySettings/percentTraffic", path: "/variables" },
      `Invalid copy operation with path: /variables and from /canarySettings/percentTraffic. ${COPIES}`,
    ],
    [
      { op: "copy", from: "/canarySettings/deploymentId", path: "/deploymentId" },
      "Promotion not available. Canary does not exist.",
    ],
    [{ ...REPLACE, path: "/canarySettings/percentTraffic" }, "Percent traffic must be between 0.0 and 100.0"],
  ])("refuses %j in AWS's words and changes nothing", async (operation, message) => {
    const stageName = await newStage();
    const refused = patch(stageName, { op: "replace", path: "/description", value: "new" }, operation);
    await expect(refused).rejects.toMatchObject({
      name: "BadRequestException",
      message: expect.stringContaining(message),
    });
    const { description, canarySettings } = await get(stageName);
    expect([description, canarySettings]).toEqual([undefined, undefined]);
  });

  it.each([
    [
      undefined,
      "Non null and non empty stageName must be provided for canary deployment. Provided value is null",
    ],
    ["", "Non null and non empty stageName must be provided for canary deployment. Provided value is "],
    ["none", "Stage none must already be created before making a canary release deployment"],
  ])("refuses a canary deployment to the stage %j in AWS's words", async (stageName, message) => {
    await expect(deploy(stageName, { percentTraffic: 50 })).rejects.toThrow(
      `Invalid deployment content specified.${message}`,
    );
  });

  it("refuses a stage whose canary's deployment does not exist", async () => {
    await expect(newStage({ deploymentId: "none" })).rejects.toThrow("Deployment id does not exist");
  });
});
