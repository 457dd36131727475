import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteRestApiCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGatewayNode } from "@/server/dataplane/gateway-node";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { revokeAccessKey } from "@/server/services/access-key/revoke-key";
import { listHistory } from "@/server/services/api/list-history";
import { listAudit } from "@/server/services/audit/list-audit";
import { startAwsEndpoint } from "@/server/testing/aws-endpoint";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";

let workspace: TestWorkspace;
let endpoint: Awaited<ReturnType<typeof startAwsEndpoint>>;
let client: APIGatewayClient;

async function clientFor(role: "developer" | "viewer") {
  const key = await createAccessKey(workspace.owner, { name: `SDK as ${role}`, role });
  const sdk = new APIGatewayClient({
    endpoint: endpoint.url,
    region: "eu-central-1",
    credentials: key,
    maxAttempts: 1,
  });
  return { sdk, key };
}

beforeAll(async () => {
  workspace = await createTestWorkspace();
  endpoint = await startAwsEndpoint();
  client = (await clientFor("developer")).sdk;
});

afterAll(() => endpoint?.stop());

/** GET /hello/{name} answered by a MOCK with a template. */
async function buildApi(name: string) {
  const api = await client.send(new CreateRestApiCommand({ name, binaryMediaTypes: ["image/png"] }));
  const restApiId = api.id as string;
  const hello = await client.send(
    new CreateResourceCommand({ restApiId, parentId: api.rootResourceId, pathPart: "hello" }),
  );
  const named = await client.send(
    new CreateResourceCommand({ restApiId, parentId: hello.id, pathPart: "{name}" }),
  );
  const method = { restApiId, resourceId: named.id, httpMethod: "GET" };
  await client.send(
    new PutMethodCommand({
      ...method,
      authorizationType: "NONE",
      requestParameters: { "method.request.path.name": true },
    }),
  );
  await client.send(new PutMethodResponseCommand({ ...method, statusCode: "200" }));
  await client.send(
    new PutIntegrationCommand({
      ...method,
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
    }),
  );
  await client.send(
    new PutIntegrationResponseCommand({
      ...method,
      statusCode: "200",
      responseTemplates: {
        "application/json": `{"hello":"$input.params('name')","stage":"$stageVariables.color"}`,
      },
    }),
  );
  return { restApiId, method };
}

describe("AWS's own SDK", () => {
  it("builds an API, deploys it, calls it through the gateway and deletes it", async () => {
    const { restApiId } = await buildApi("From the SDK");
    await client.send(
      new CreateDeploymentCommand({ restApiId, stageName: "prod", variables: { color: "blue" } }),
    );
    const dataDir = mkdtempSync(path.join(tmpdir(), "gatehouse-sdk-"));
    const log = pino({ level: "silent" });
    const databaseUrl = process.env.DATABASE_URL;
    const node = await startGatewayNode({ databaseUrl, host: "127.0.0.1", port: 0, dataDir, log });
    try {
      const call = () => fetch(`http://127.0.0.1:${node.port}/${restApiId}/prod/hello/World`);
      expect(await (await call()).json()).toEqual({ hello: "World", stage: "blue" });
      const patchOperations = [{ op: "replace" as const, path: "/variables/color", value: "green" }];
      await client.send(new UpdateStageCommand({ restApiId, stageName: "prod", patchOperations }));
      await expect.poll(async () => (await (await call()).json()).stage).toBe("green");
      await client.send(new DeleteRestApiCommand({ restApiId }));
      await expect.poll(async () => (await call()).status).toBe(403);
    } finally {
      await node.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
    await expect(client.send(new GetRestApiCommand({ restApiId }))).rejects.toMatchObject({
      name: "NotFoundException",
      message: `Invalid API identifier specified 000000000000:${restApiId}`,
    });
  });

  it("reads what it wrote in AWS's shapes", async () => {
    const { restApiId } = await buildApi("Shapes");
    const api = await client.send(new GetRestApiCommand({ restApiId }));
    expect(api).toMatchObject({
      id: restApiId,
      name: "Shapes",
      apiKeySource: "HEADER",
      binaryMediaTypes: ["image/png"],
      endpointConfiguration: { types: ["EDGE"], ipAddressType: "ipv4" },
      tags: {},
    });
    expect(api.createdDate).toBeInstanceOf(Date);
    const { items } = await client.send(new GetResourcesCommand({ restApiId, embed: ["methods"] }));
    expect(items?.map(({ path }) => path)).toEqual(["/", "/hello", "/hello/{name}"]);
    expect(items?.[2]?.resourceMethods?.GET).toMatchObject({
      apiKeyRequired: false,
      methodIntegration: {
        type: "MOCK",
        timeoutInMillis: 29_000,
        cacheKeyParameters: [],
        integrationResponses: { 200: { statusCode: "200" } },
      },
    });
    await client.send(new CreateDeploymentCommand({ restApiId, stageName: "dev" }));
    const stage = await client.send(new GetStageCommand({ restApiId, stageName: "dev" }));
    expect(stage).toMatchObject({ cacheClusterStatus: "NOT_AVAILABLE", methodSettings: {} });
  });

  it("pages through a list", async () => {
    const names = new Set<string | undefined>();
    for (let i = 0; i < 3; i++) await client.send(new CreateRestApiCommand({ name: `Page ${i}` }));
    let position: string | undefined;
    let pages = 0;
    do {
      const page = await client.send(new GetRestApisCommand({ limit: 2, position }));
      expect(page.items?.length).toBeLessThanOrEqual(2);
      for (const { name } of page.items ?? []) names.add(name);
      position = page.position;
      pages++;
    } while (position);
    expect(pages).toBeGreaterThan(1);
    for (let i = 0; i < 3; i++) expect(names).toContain(`Page ${i}`);
  });

  it("edits as the console does: with history, and with the access key as who did it", async () => {
    const { restApiId } = await buildApi("History");
    const { items } = await listHistory(workspace.owner, { apiId: restApiId });
    expect(items.map(({ label }) => label)).toContain("Add resource /hello/{name}");
    const audit = await listAudit(workspace.owner, {});
    expect(audit.items[0]).toMatchObject({ actorName: "SDK as developer", channel: "aws" });
  });

  it("is refused what the key's role does not allow, and everything once the key is revoked", async () => {
    const { sdk, key } = await clientFor("viewer");
    await sdk.send(new GetRestApisCommand({}));
    await expect(sdk.send(new CreateRestApiCommand({ name: "No" }))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message:
        "User: arn:aws:iam::000000000000:user/SDK as viewer is not authorized to perform: apigateway:POST on resource: arn:aws:apigateway:eu-central-1::/restapis",
    });
    await revokeAccessKey(workspace.owner, { accessKeyId: key.accessKeyId });
    await expect(sdk.send(new GetRestApisCommand({}))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });

  it("hides the APIs of other workspaces", async () => {
    const { restApiId } = await buildApi("Ours");
    const theirs = await createTestWorkspace("Theirs");
    const credentials = await createAccessKey(theirs.owner, { name: "Other", role: "owner" });
    const other = new APIGatewayClient({ endpoint: endpoint.url, region: "eu-central-1", credentials });
    await expect(other.send(new DeleteRestApiCommand({ restApiId }))).rejects.toMatchObject({
      name: "NotFoundException",
    });
    expect((await other.send(new GetRestApisCommand({}))).items).toEqual([]);
  });
});
