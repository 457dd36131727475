// The real data plane, started from a last good configuration on disk: no database takes part.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort, startServer } from "../processes.mjs";

const BUNDLE = path.resolve(import.meta.dirname, "../../../dist/dataplane.mjs");
const API = "benchapi01";
const KEY = "benchkeybenchkeybenchkeybenchkey";

const TEMPLATE = `#set($name = $input.params('name'))
{"message": "hello #if($name != '')$name#{else}world#end", "path": "$context.resourcePath"}`;

/** Some ms of CPU for a short answer: beside a short request or a long answer the client takes as much as the gateway. */
const HEAVY = `#set($sum = 0)#foreach($i in [1..900])#foreach($j in [1..6])
#if($i % 2 == 0)#set($sum = $sum + $j)#{else}#set($sum = $sum - 1)#end#end#end
{"sum": $sum}`;

const integration = (fields) => ({ integrationResponses: {}, ...fields });
const method = (fields) => ({
  httpMethod: "GET",
  methodResponses: { 200: { statusCode: "200" } },
  ...fields,
});

const mock = (template) =>
  integration({
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    integrationResponses: {
      200: { statusCode: "200", responseTemplates: { "application/json": template } },
    },
  });

function resource(id, parentId, pathPart, get) {
  return { id, parentId, pathPart, resourceMethods: get ? { GET: method(get) } : {} };
}

function snapshot(origin) {
  const proxy = integration({
    type: "HTTP_PROXY",
    httpMethod: "GET",
    uri: `${origin}/pets/{petId}`,
    requestParameters: { "integration.request.path.petId": "method.request.path.petId" },
  });
  const requestParameters = { "method.request.path.petId": true };
  return {
    formatVersion: 1,
    name: "bench",
    resources: {
      root: resource("root", null, ""),
      mock: resource("mock", "root", "mock", { methodIntegration: mock(TEMPLATE) }),
      heavy: resource("heavy", "root", "heavy", { methodIntegration: mock(HEAVY) }),
      pets: resource("pets", "root", "pets"),
      pet: resource("pet", "pets", "{petId}", { requestParameters, methodIntegration: proxy }),
      paid: resource("paid", "root", "paid"),
      paidPet: resource("paidPet", "paid", "{petId}", {
        requestParameters,
        apiKeyRequired: true,
        methodIntegration: proxy,
      }),
    },
  };
}

const ACCESS_LOG =
  '$context.identity.sourceIp - [$context.requestTime] "$context.httpMethod $context.path $context.protocol" $context.status $context.responseLength $context.responseLatency';

function state() {
  const stage = (stageName, accessLogFormat, methodSettings) => ({
    apiId: API,
    stageName,
    deploymentId: "bench1",
    config: { stageName, variables: {}, methodSettings, accessLogFormat, tracingEnabled: false },
  });
  const limits = {
    metricsEnabled: true,
    loggingLevel: "OFF",
    dataTraceEnabled: false,
    throttlingBurstLimit: 1_000_000,
    throttlingRateLimit: 1_000_000,
    cachingEnabled: false,
    cacheTtlInSeconds: 300,
    cacheDataEncrypted: false,
    requireAuthorizationForCacheControl: true,
    unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
  };
  return {
    formatVersion: 1,
    cursor: "1",
    stages: [stage("bare", null, { "*/*": limits }), stage("full", ACCESS_LOG, { "*/*": limits })],
    keys: [
      {
        id: "benchkey",
        name: "bench",
        customerId: null,
        isEnabled: true,
        valueHash: createHash("sha256").update(KEY).digest("hex"),
        plans: [{ planId: "benchplan", joinedAtMs: 0 }],
      },
    ],
    plans: [
      {
        id: "benchplan",
        throttle: { rateLimit: 1_000_000, burstLimit: 1_000_000 },
        quota: { limit: 2_000_000_000, offset: 0, period: "MONTH" },
        stages: [{ apiId: API, stageName: "full", throttle: {} }],
      },
    ],
  };
}

/** One data plane that serves all of our targets; each has an address of its own. On any core if that is null. */
export async function startGatehouse(core, origin, workers = 1) {
  if (!existsSync(BUNDLE)) throw new Error("dist/dataplane.mjs is missing: run `npm run build` first");
  const folder = mkdtempSync(path.join(tmpdir(), "gatehouse-bench-"));
  mkdirSync(path.join(folder, "last-good", "deployments"), { recursive: true });
  writeFileSync(path.join(folder, "last-good", "state.json"), JSON.stringify(state()));
  writeFileSync(
    path.join(folder, "last-good", "deployments", "bench1.json"),
    JSON.stringify(snapshot(origin)),
  );
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/${API}`;
  // As the launcher starts it.
  const server = await startServer({
    name: "Gatehouse",
    core,
    command: process.execPath,
    args: ["--max-semi-space-size=64", BUNDLE],
    env: {
      DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nowhere",
      GATEHOUSE_WORKERS: String(workers),
      GATEHOUSE_GATEWAY_PORT: String(port),
      GATEHOUSE_DATA_DIR: folder,
      GATEHOUSE_LOG_LEVEL: "error",
      GATEHOUSE_QUOTA_WITHOUT_DATABASE: "admit",
      GATEHOUSE_ACCOUNT_THROTTLE: "10000000,10000000",
    },
    url: `${address}/bare/mock`,
  });
  return {
    ...server,
    targets: {
      gatehouseMock: { name: "Gatehouse MOCK + template", url: `${address}/bare/mock` },
      gatehouseHeavy: { name: "Gatehouse MOCK + long template", url: `${address}/bare/heavy` },
      gatehouseProxy: { name: "Gatehouse HTTP_PROXY", url: `${address}/bare/pets/1` },
      gatehouseFull: {
        name: "Gatehouse HTTP_PROXY, key + plan + throttle + log",
        url: `${address}/full/paid/1`,
        headers: { "x-api-key": KEY },
      },
    },
  };
}
