import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetApiKeysCommand,
  GetModelTemplateCommand,
  GetSdkCommand,
  GetSdkTypeCommand,
  GetSdkTypesCommand,
  GetUsageCommand,
  GetUsagePlanKeysCommand,
  ImportApiKeysCommand,
  ImportRestApiCommand,
  TestInvokeAuthorizerCommand,
  UpdateUsageCommand,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { startAwsEndpoint } from "@/server/testing/aws-endpoint";
import { startFunctionServer } from "@/server/testing/function-server";
import { createTestWorkspace } from "@/server/testing/test-workspace";

const DOCUMENT = JSON.stringify({
  swagger: "2.0",
  info: { title: "Pets" },
  paths: {
    "/pets": {
      get: {
        responses: {},
        security: [{ guard: [] }],
        "x-amazon-apigateway-integration": { type: "mock" },
      },
    },
  },
  securityDefinitions: {
    guard: {
      type: "apiKey",
      name: "Authorization",
      in: "header",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": {
        type: "token",
        authorizerUri:
          "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:guard/invocations",
      },
    },
  },
  definitions: { Pet: { type: "object", properties: { name: { type: "string" } } } },
});

let endpoint: Awaited<ReturnType<typeof startAwsEndpoint>>;
let client: APIGatewayClient;
let workspaceId: string;
let restApiId: string;

beforeAll(async () => {
  const { owner } = await createTestWorkspace();
  workspaceId = owner.workspaceId;
  endpoint = await startAwsEndpoint();
  const credentials = await createAccessKey(owner, { name: "usage", role: "owner" });
  client = new APIGatewayClient({ endpoint: endpoint.url, region: "us-east-1", credentials, maxAttempts: 1 });
  const api = await client.send(new ImportRestApiCommand({ body: Buffer.from(DOCUMENT) }));
  restApiId = api.id as string;
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: "prod" }));
});

afterAll(() => endpoint?.stop());

describe("usage", () => {
  const today = new Date().toISOString().slice(0, 10);
  const newPlan = async (limit: number) => {
    const quota = { limit, period: "DAY" as const };
    const { id: usagePlanId } = await client.send(new CreateUsagePlanCommand({ name: "plan", quota }));
    const { id: keyId } = await client.send(new CreateApiKeyCommand({ name: "k", enabled: true }));
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: "API_KEY" }));
    return { usagePlanId: usagePlanId as string, keyId: keyId as string };
  };
  const days = { startDate: today, endDate: today };

  it("tells what a key used and has left on each day", async () => {
    const { usagePlanId, keyId } = await newPlan(100);
    const yesterday = new Date(Date.parse(today) - 86_400_000);
    await database().usageDay.createMany({
      data: [
        { planId: usagePlanId, keyId, day: new Date(today), count: 5n },
        { planId: usagePlanId, keyId, day: yesterday, count: 120n },
      ],
    });
    await database().usageCounter.create({
      data: { planId: usagePlanId, keyId, periodStart: new Date(today), used: 5n },
    });
    const startDate = yesterday.toISOString().slice(0, 10);
    const usage = await client.send(new GetUsageCommand({ usagePlanId, startDate, endDate: today }));
    expect(usage).toMatchObject({ usagePlanId, startDate, endDate: today });
    expect(usage.items).toEqual({
      [keyId]: [
        [120, 0],
        [5, 95],
      ],
    });
    const none = await client.send(new GetUsageCommand({ usagePlanId, keyId: "nobody", ...days }));
    expect(none.items).toEqual({});
  });

  it("sets what is left in the present period, above the quota too, and tells the gateways", async () => {
    const { usagePlanId, keyId } = await newPlan(10);
    const update = (value: string) =>
      client.send(
        new UpdateUsageCommand({
          usagePlanId,
          keyId,
          patchOperations: [{ op: "replace", path: "/remaining", value }],
        }),
      );
    expect((await update("25")).items).toEqual({ [keyId]: [[0, 25]] });
    const counter = await database().usageCounter.findFirstOrThrow({ where: { planId: usagePlanId } });
    expect(counter.used).toBe(-15n);
    const subject = `${usagePlanId}/${keyId}`;
    expect(await database().configChange.findFirst({ where: { kind: "usage", subject } })).not.toBeNull();
    await expect(update("-1")).rejects.toThrow("Invalid remaining quota");
  });

  it("refuses dates that are none, ranges that end before they begin, and plans that are not there", async () => {
    const { usagePlanId } = await newPlan(10);
    const ask = (more: object) => client.send(new GetUsageCommand({ usagePlanId, ...days, ...more }));
    await expect(ask({ startDate: "2026-02-30" })).rejects.toThrow("Invalid start date");
    await expect(ask({ endDate: "2020-01-01" })).rejects.toThrow("Invalid date range");
    await expect(ask({ usagePlanId: "nobody" })).rejects.toThrow("Invalid Usage Plan ID specified");
  });
});

describe("import of API keys", () => {
  const send = (text: string, failOnWarnings = false) =>
    client.send(new ImportApiKeysCommand({ body: Buffer.from(text), format: "csv", failOnWarnings }));

  it("makes the keys of the file with their plans, and warns of what it leaves out", async () => {
    const { id: usagePlanId } = await client.send(new CreateUsagePlanCommand({ name: "imported" }));
    const value = `importedkey${Date.now()}0000`;
    const answer = await send(
      `name,key,description,enabled,usageplanIds\nfirst,${value},one,true,"${usagePlanId},nobody"\nshort,abc,,,\nagain,${value},,,`,
    );
    expect(answer.ids).toHaveLength(1);
    expect(answer.warnings).toEqual([
      "Line 2: usage plan nobody: There is no such usage plan",
      "Line 3: the value of an API key is 20 to 128 letters and digits",
      "Line 4: there is an API key with this value already",
    ]);
    const { items } = await client.send(new GetUsagePlanKeysCommand({ usagePlanId }));
    expect(items).toMatchObject([{ id: answer.ids?.[0], name: "first", value }]);
  });

  it("makes none when a warning is to fail the import", async () => {
    await expect(send(`name,key\nunmade,${"b".repeat(30)}\nshort,abc`, true)).rejects.toThrow("Line 3");
    const { items } = await client.send(new GetApiKeysCommand({ nameQuery: "unmade" }));
    expect(items).toEqual([]);
  });
});

describe("generated texts", () => {
  it("gives a mapping template of a model", async () => {
    const { value } = await client.send(new GetModelTemplateCommand({ restApiId, modelName: "Pet" }));
    expect(value).toBe('#set($inputRoot = $input.path(\'$\'))\n{\n  "name" : "foo"\n}');
  });

  it("lists SDK types and generates a JavaScript client as a ZIP; for others it says what there is", async () => {
    const { items } = await client.send(new GetSdkTypesCommand({}));
    expect(items?.map(({ id }) => id)).toEqual([
      "android",
      "java",
      "javascript",
      "objectivec",
      "ruby",
      "swift",
    ]);
    expect(await client.send(new GetSdkTypeCommand({ id: "javascript" }))).toMatchObject({
      id: "javascript",
    });
    const stage = { restApiId, stageName: "prod" };
    const sdk = await client.send(new GetSdkCommand({ ...stage, sdkType: "javascript" }));
    const text = Buffer.from(sdk.body as Uint8Array).toString("latin1");
    expect(text.startsWith("PK")).toBe(true);
    expect(text).toContain("petsGet");
    expect(sdk.contentDisposition).toBe(`attachment; filename="javascript_${restApiId}-prod.zip"`);
    await expect(client.send(new GetSdkCommand({ ...stage, sdkType: "swift" }))).rejects.toThrow(
      "javascript only",
    );
  });
});

describe("TestInvokeAuthorizer", () => {
  it("asks the authorizer of the draft and tells its decision, policy and principal", async () => {
    const functions = await startFunctionServer();
    const policyDocument = {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: "*" }],
    };
    functions.play = () => ({ returns: { principalId: "somebody", policyDocument } });
    await database().functionEndpoint.create({
      data: { workspaceId, url: functions.url, region: "us-east-1" },
    });
    const { authorizers } = (await database().api.findUniqueOrThrow({ where: { id: restApiId } }))
      .definition as unknown as { authorizers: object };
    const [authorizerId] = Object.keys(authorizers);
    const test = (headers: Record<string, string>) =>
      client.send(new TestInvokeAuthorizerCommand({ restApiId, authorizerId, headers }));
    const allowed = await test({ Authorization: "token" });
    expect(allowed).toMatchObject({ clientStatus: 200, principalId: "somebody" });
    expect(JSON.parse(allowed.policy as string)).toEqual(policyDocument);
    expect(await test({})).toMatchObject({ clientStatus: 401 });
    await functions.close();
    const unknown = new TestInvokeAuthorizerCommand({ restApiId, authorizerId: "nobody" });
    await expect(client.send(unknown)).rejects.toThrow("Invalid Authorizer identifier specified");
  });
});
