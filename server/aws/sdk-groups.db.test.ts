import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  CreateVpcLinkCommand,
  DeleteUsagePlanKeyCommand,
  GetAccountCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetExportCommand,
  GetModelCommand,
  GetModelsCommand,
  GetResourcesCommand,
  GetTagsCommand,
  GetUsagePlanCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  GetVpcLinksCommand,
  ImportRestApiCommand,
  TagResourceCommand,
  TestInvokeMethodCommand,
  UntagResourceCommand,
  UpdateApiKeyCommand,
  UpdateUsagePlanCommand,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { startAwsEndpoint } from "@/server/testing/aws-endpoint";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";

const DOCUMENT = JSON.stringify({
  openapi: "3.0.1",
  info: { title: "Pets", version: "1.0" },
  paths: {
    "/pets": {
      get: {
        responses: { 200: { description: "ok" } },
        "x-amazon-apigateway-integration": {
          type: "mock",
          requestTemplates: { "application/json": '{"statusCode": 200}' },
          responses: { default: { statusCode: "200", responseTemplates: { "application/json": "[1]" } } },
        },
      },
    },
  },
  components: { schemas: { Pet: { type: "object", properties: { id: { type: "number" } } } } },
});

let workspace: TestWorkspace;
let endpoint: Awaited<ReturnType<typeof startAwsEndpoint>>;
let client: APIGatewayClient;
let restApiId: string;

async function clientAs(role: "owner" | "viewer") {
  const credentials = await createAccessKey(workspace.owner, { name: role, role });
  return new APIGatewayClient({ endpoint: endpoint.url, region: "us-east-1", credentials, maxAttempts: 1 });
}

beforeAll(async () => {
  workspace = await createTestWorkspace();
  endpoint = await startAwsEndpoint();
  client = await clientAs("owner");
  const api = await client.send(new ImportRestApiCommand({ body: Buffer.from(DOCUMENT) }));
  restApiId = api.id as string;
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: "prod" }));
});

afterAll(() => endpoint?.stop());

describe("AWS's own SDK", () => {
  it("imports a document, tests a method of it, reads its models and exports it again", async () => {
    const models = await client.send(new GetModelsCommand({ restApiId }));
    expect(models.items?.map(({ name }) => name)).toContain("Pet");
    const model = { restApiId, modelName: "Pet" };
    const flat = await client.send(new GetModelCommand({ ...model, flatten: true }));
    expect(flat.id).toMatch(/^[a-z0-9]{6}$/);
    const resources = await client.send(new GetResourcesCommand({ restApiId }));
    const resourceId = resources.items?.find(({ path }) => path === "/pets")?.id;
    const tested = await client.send(
      new TestInvokeMethodCommand({ restApiId, resourceId, httpMethod: "GET" }),
    );
    expect(tested).toMatchObject({ status: 200, body: "[1]" });
    expect(tested.log).toMatch(/^Execution log for request .+\n[\s\S]*Method completed with status: 200\n$/);
    const exported = await client.send(
      new GetExportCommand({
        restApiId,
        stageName: "prod",
        exportType: "oas30",
        accepts: "application/json",
      }),
    );
    expect(exported.contentDisposition).toBe('attachment; filename="oas30_1.0.json"');
    expect(JSON.parse(Buffer.from(exported.body ?? []).toString())).toMatchObject({ openapi: "3.0.1" });
    await expect(client.send(new ImportRestApiCommand({ body: Buffer.from("{'") }))).rejects.toMatchObject({
      name: "BadRequestException",
      message: "Invalid OpenAPI input.",
    });
  });

  it("makes keys and plans, ties them, and reads the values back that Terraform needs", async () => {
    const key = await client.send(
      new CreateApiKeyCommand({ name: "app", enabled: true, tags: { team: "a" }, stageKeys: [] }),
    );
    expect(key.value).toMatch(/^\w{40}$/);
    const read = await client.send(new GetApiKeyCommand({ apiKey: key.id, includeValue: true }));
    expect(read).toMatchObject({ value: key.value, enabled: true, tags: { team: "a" } });
    expect((await client.send(new GetApiKeyCommand({ apiKey: key.id }))).value).toBeUndefined();
    const plan = await client.send(
      new CreateUsagePlanCommand({
        name: "Free",
        throttle: { rateLimit: 10, burstLimit: 20 },
        quota: { limit: 100, period: "DAY" },
        apiStages: [{ apiId: restApiId, stage: "prod" }],
      }),
    );
    const usagePlanId = plan.id as string;
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: key.id, keyType: "API_KEY" }));
    const keys = await client.send(new GetUsagePlanKeysCommand({ usagePlanId }));
    expect(keys.items).toEqual([{ id: key.id, type: "API_KEY", value: key.value, name: "app" }]);
    expect((await client.send(new GetUsagePlansCommand({ keyId: key.id }))).items).toHaveLength(1);
    await client.send(
      new UpdateUsagePlanCommand({
        usagePlanId,
        patchOperations: [
          { op: "replace", path: `/apiStages/${restApiId}:prod/throttle//pets/GET/rateLimit`, value: "5" },
          { op: "replace", path: `/apiStages/${restApiId}:prod/throttle//pets/GET/burstLimit`, value: "7" },
          { op: "replace", path: "/quota/period", value: "MONTH" },
          { op: "remove", path: "/throttle" },
          { op: "add", path: "/productCode", value: "p1" },
        ],
      }),
    );
    expect(await client.send(new GetUsagePlanCommand({ usagePlanId }))).toMatchObject({
      apiStages: [
        { apiId: restApiId, stage: "prod", throttle: { "/pets/GET": { rateLimit: 5, burstLimit: 7 } } },
      ],
      quota: { limit: 100, offset: 0, period: "MONTH" },
      productCode: "p1",
    });
    const bad = {
      usagePlanId,
      patchOperations: [{ op: "remove" as const, path: "/apiStages", value: "x:y" }],
    };
    await expect(client.send(new UpdateUsagePlanCommand(bad))).rejects.toMatchObject({
      name: "NotFoundException",
      message: `Invalid API Stage {api: x, stage: y} specified for usageplan ${usagePlanId}`,
    });
    await client.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId: key.id }));
    const off = [{ op: "replace" as const, path: "/enabled", value: "false" }];
    const updated = await client.send(new UpdateApiKeyCommand({ apiKey: key.id, patchOperations: off }));
    expect(updated.enabled).toBe(false);
  });

  it("shows no values of keys to who may not change keys", async () => {
    await client.send(new CreateApiKeyCommand({ name: "hidden" }));
    const viewer = await clientAs("viewer");
    const { items = [] } = await viewer.send(new GetApiKeysCommand({ includeValues: true }));
    expect(items.length).toBeGreaterThan(0);
    expect(items.filter(({ value }) => value !== undefined)).toEqual([]);
  });

  it("keeps what means nothing here: tags, VPC links, the account", async () => {
    const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`;
    await client.send(new TagResourceCommand({ resourceArn, tags: { a: "1", b: "2" } }));
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ["a"] }));
    expect((await client.send(new GetTagsCommand({ resourceArn }))).tags).toEqual({ b: "2" });
    const targetArns = ["arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/n/1"];
    const link = await client.send(new CreateVpcLinkCommand({ name: "net", targetArns }));
    expect(link.status).toBe("PENDING");
    expect((await client.send(new GetVpcLinksCommand({}))).items).toMatchObject([
      { id: link.id, status: "AVAILABLE", targetArns },
    ]);
    expect(await client.send(new GetAccountCommand({}))).toMatchObject({ features: ["UsagePlans"] });
  });
});
