import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LambdaInvoker } from "@/server/adapters/functions/function-invoker";
import { HttpClient } from "@/server/adapters/http-client";
import { conformanceFolder, type InvokeCase, invokeCases } from "@/server/testing/conformance/case-file";
import { differences } from "@/server/testing/conformance/differences";
import { functionEventDifferences } from "@/server/testing/conformance/function-event";
import { playedFunction } from "@/server/testing/conformance/played-function";
import { type RawAnswer, sendRaw } from "@/server/testing/conformance/raw-request";
import { resourceIdOf, snapshotOfCase } from "@/server/testing/conformance/snapshot-of-case";
import { type StubBackend, startStubBackend } from "@/server/testing/conformance/stub-backend";
import { type FunctionServer, startFunctionServer } from "@/server/testing/function-server";
import { type GatewayFixture, startGateway } from "@/server/testing/gateway-fixture";

const FILES = [
  "mock",
  "http",
  "http_proxy",
  "aws_lambda",
  "aws_proxy",
  "import-openapi",
  "routing",
  "selection",
  "apikeys",
  "headers",
  "validation",
  "binary",
  "unrecorded",
  "vtl",
  "canary",
];
const folder = conformanceFolder();
const API_ID = "conformnc1";
const KEY = "conformance-key-value-0001";

let stub: StubBackend;
let functions: FunctionServer;
let gateway: GatewayFixture;
const client = new HttpClient();
beforeAll(async () => {
  stub = await startStubBackend();
  functions = await startFunctionServer();
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  gateway = await startGateway({
    functions: new LambdaInvoker({
      http: client,
      clock: { nowMs: () => Date.now() },
      endpoints: { of: () => ({ url: functions.url, region: "us-east-1", credentials }) },
    }),
  });
});
afterAll(async () => {
  await gateway?.close();
  await client.close();
  await functions?.close();
  await stub?.close();
});

describe.skipIf(folder === null)("recorded cases (GATEHOUSE_CONFORMANCE names their folder)", () => {
  for (const file of FILES) {
    describe(file, () => {
      for (const testCase of folder === null ? [] : invokeCases(folder, file)) {
        it(testCase.id, async () => {
          expect(await run(testCase)).toEqual([]);
        });
      }
    });
  }
});

async function run(testCase: InvokeCase): Promise<string[]> {
  const fill = (text: string) =>
    text
      .replaceAll("{{BACKEND}}", stub.url)
      .replaceAll("{{BACKEND_HOST}}", stub.host)
      .replaceAll("{{REST_API_ID}}", API_ID)
      .replaceAll("{{THIS_API}}", API_ID)
      .replaceAll("{{API_KEY_VALUE}}", KEY)
      .replaceAll("{{ROLE_ARN}}", "arn:aws:iam::000000000000:role/functions")
      .replace(/\{\{RESOURCE_ID:([^}]+)\}\}/g, (_, path: string) =>
        path === "/" ? "root" : resourceIdOf(path),
      );
  stub.kind = testCase.backend?.type ?? "http-echo";
  stub.objects = testCase.backend?.objects ?? {};
  stub.seen = [];
  functions.seen = [];
  if (testCase.backend?.type === "function") functions.play = playedFunction(testCase);
  const { stageName = "dev", variables = {}, canarySettings } = testCase.api.stage ?? {};
  const canary = canarySettings && { ...canarySettings, deploymentId: "canary" };
  gateway.serve(
    API_ID,
    snapshotOfCase(testCase, fill),
    { stageName, variables, canary },
    snapshotOfCase({ ...testCase, api: { ...testCase.api, ...testCase.api.canaryDeployment } }, fill),
  );
  putKeys(testCase, stageName);
  const answer: RawAnswer = await sendRaw(gateway.port, rawRequest(testCase, stageName, fill));
  const expected = JSON.parse(fill(JSON.stringify(testCase.expected)));
  return [
    ...differences(expected, answer, stub.seen[0]),
    ...functionEventDifferences(testCase, expected.functionEvent, functions.seen[0]?.event),
  ];
}

function putKeys(testCase: InvokeCase, stageName: string): void {
  const [plan] = testCase.usagePlans ?? [];
  gateway.keys.replaceAll([], []);
  if (!plan) return;
  gateway.keys.putPlan({
    id: "plan",
    throttle: null,
    quota: null,
    stages: [{ apiId: API_ID, stageName, throttle: {} }],
  });
  for (const [index, key] of (plan.keys ?? []).entries()) {
    gateway.keys.putKey({
      id: `key${index}`,
      name: "key",
      customerId: null,
      isEnabled: key.enabled ?? false,
      valueHash: createHash("sha256").update(KEY).digest("hex"),
      plans: [{ planId: "plan", joinedAtMs: 0 }],
    });
  }
}

function rawRequest({ request }: InvokeCase, stageName: string, fill: (text: string) => string): Buffer {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const text of Array.isArray(value) ? value : [value]) query.append(name, text);
  }
  const queryText = request.rawQueryString ?? query.toString();
  const path = request.rawUrlPath ?? `/${stageName}${request.path ?? "/"}`;
  const body = request.bodyBase64
    ? Buffer.from(request.bodyBase64, "base64")
    : Buffer.from(request.body ?? "");
  const headers: [string, string][] = [["Host", `${API_ID}.execute-api.localhost:${gateway.port}`]];
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    // The body is sent with a length; "chunked" in the recording was only a header.
    if (/^(transfer-encoding|expect|upgrade|connection)$/i.test(name)) continue;
    for (const text of Array.isArray(value) ? value : [value]) headers.push([name, fill(String(text))]);
  }
  const defaults = {
    Accept: "*/*",
    "Accept-Encoding": "gzip, deflate",
    Connection: "keep-alive",
    "User-Agent": "python-requests/x",
  };
  if (!request.noDefaultHeaders) {
    for (const [name, value] of Object.entries(defaults)) {
      if (!headers.some(([n]) => n.toLowerCase() === name.toLowerCase())) headers.push([name, value]);
    }
  }
  if (body.length > 0) headers.push(["Content-Length", String(body.length)]);
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.concat([
    Buffer.from(`${request.method} ${path}${queryText ? `?${queryText}` : ""} HTTP/1.1\r\n${head}\r\n`),
    body,
  ]);
}
