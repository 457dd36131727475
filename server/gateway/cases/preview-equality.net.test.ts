import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderPreview } from "@/components/template-studio/preview/render-preview";
import type { StudioSample } from "@/components/template-studio/sample";
import { HttpClient } from "@/server/adapters/http-client";
import { SnapshotError } from "@/server/gateway/compile/snapshot-error";
import { isHiddenRequestHeader } from "@/server/gateway/headers/header-rules";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { testInvoke } from "@/server/gateway/test-invoke";
import { buildApi } from "@/server/testing/api-builder";
import { fakePorts } from "@/server/testing/fake-ports";
import { type GatewayFixture, startGateway } from "@/server/testing/gateway-fixture";
import { VtlError } from "@/server/vtl";

type Case = {
  id: string;
  template: string;
  input?: { body?: string | null; headers?: Texts; query?: Texts; path?: Texts };
  stageVariables?: Texts;
  expectedError?: { kind: string };
};
type Texts = Record<string, string>;

const CORPUS = path.resolve(import.meta.dirname, "../../vtl/cases/corpus");
const STAGE = "prod";
const STEP = 40;
/** Variables that a preview, a test run and a call can have alike. */
const CONTEXT = /\$!?\{?context(?!\.(?:stage|httpMethod|apiId|resourcePath|protocol|accountId)\b)/;

/** Cases that a request can bring about: all with parameters, every fortieth of the others. */
function requestCases(): Case[] {
  return readdirSync(CORPUS).flatMap((file) =>
    readFileSync(path.join(CORPUS, file), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line): Case => JSON.parse(line))
      .filter(canBeARequest)
      .filter(({ input }, index) => {
        const hasParameters = Object.keys({ ...input?.headers, ...input?.query, ...input?.path }).length > 0;
        return hasParameters || index % STEP === 0;
      }),
  );
}

function canBeARequest({ template, input = {}, stageVariables = {}, expectedError }: Case): boolean {
  const { body, headers = {}, query = {}, path: parameters = {} } = input;
  if (expectedError && expectedError.kind !== "render") return false;
  const isPlain = (text: string) => /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text);
  return (
    !CONTEXT.test(template) &&
    isWellFormed(body ?? "") &&
    Object.entries(headers).every(
      ([name, value]) => /^[\w-]+$/.test(name) && !isHiddenRequestHeader(name) && isPlain(value),
    ) &&
    Object.entries(parameters).every(([name, value]) => /^[\w.-]+$/.test(name) && /^[^/]+$/.test(value)) &&
    Object.entries(query).every(([name, value]) => name !== "" && isWellFormed(value)) &&
    stageConfigSchema.safeParse({ stageName: STAGE, variables: stageVariables }).success
  );
}

/** Without half of a character, which UTF-8 cannot carry. */
const isWellFormed = (text: string) => !/[\ud800-\udfff]/u.test(text);
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const FAILED = "the template fails";

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let echo: http.Server;
let gateway: GatewayFixture;
let upstream: HttpClient;
beforeAll(async () => {
  echo = http.createServer((message, response) => {
    response.writeHead(200, { "Content-Type": "text/plain" });
    message.pipe(response);
  });
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  gateway = await startGateway();
  upstream = new HttpClient();
});
afterAll(async () => {
  agent.destroy();
  await gateway?.close();
  await upstream?.close();
  echo.close();
});

type Side = "request" | "response";

/** `POST /things/{…}` to a back end that sends back what it gets, with the template on one side of it. */
function apiOf({ template, input = {} }: Case, side: Side) {
  const resourcePath = `/${["things", ...Object.keys(input.path ?? {}).map((name) => `{${name}}`)].join("/")}`;
  const templates = { $default: template };
  const snapshot = buildApi({
    [`POST ${resourcePath}`]: {
      methodIntegration: {
        type: "HTTP",
        httpMethod: "POST",
        uri: `http://127.0.0.1:${(echo.address() as AddressInfo).port}/`,
        ...(side === "request" && { requestTemplates: templates }),
        integrationResponses: { 200: side === "response" ? { responseTemplates: templates } : {} },
      },
    },
  });
  return { snapshot, resourcePath };
}

type Call = { apiId: string; testCase: Case; side: Side };
type Received = { status: number; bytes: Buffer; headers: Texts };

/** The call over HTTP, and the headers as the gateway has them. */
function callGateway({ apiId, testCase }: Call): Promise<Received> {
  const { body, headers = {}, query = {}, path: parameters = {} } = testCase.input ?? {};
  const bytes = Buffer.from(body ?? "");
  const sent: Texts = {
    Host: `127.0.0.1:${gateway.port}`,
    "Content-Length": String(bytes.length),
    ...headers,
  };
  const target = ["", apiId, STAGE, "things", ...Object.values(parameters).map(encodeURIComponent)].join("/");
  const search = new URLSearchParams(query).toString();
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        port: gateway.port,
        host: "127.0.0.1",
        method: "POST",
        path: search ? `${target}?${search}` : target,
        headers: Object.entries(sent).flat(),
        setHost: false,
        agent,
      },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const seen: Texts = { ...sent };
        for (const name of Object.keys(seen)) if (isHiddenRequestHeader(name)) delete seen[name];
        const forwardedFor = seen["X-Forwarded-For"];
        delete seen["X-Forwarded-For"];
        seen["X-Forwarded-For"] = [forwardedFor, "127.0.0.1"].filter(Boolean).join(", ");
        seen["X-Forwarded-Port"] = String(gateway.port);
        seen["X-Forwarded-Proto"] = "http";
        resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(chunks), headers: seen });
      },
    );
    request.on("error", reject);
    request.end(bytes);
  });
}

async function hashes(call: Call) {
  const { apiId, testCase, side } = call;
  const { input = {}, stageVariables = {}, template } = testCase;
  const { snapshot, resourcePath } = apiOf(testCase, side);
  gateway.serve(apiId, snapshot, { stageName: STAGE, variables: stageVariables });
  const answer = await callGateway(call);
  const testRun = testInvoke({
    snapshot,
    stageConfig: stageConfigSchema.parse({ stageName: STAGE, variables: stageVariables }),
    apiId,
    request: {
      httpMethod: "POST",
      path: resourcePath,
      pathParameters: input.path ?? {},
      query: input.query ?? {},
      headers: answer.headers,
      body: input.body ?? "",
    },
    ports: { ...fakePorts(), upstream },
  });
  const sample: StudioSample = {
    body: input.body ?? "",
    path: input.path ?? {},
    query: input.query ?? {},
    headers: answer.headers,
    context: {
      stage: STAGE,
      httpMethod: "POST",
      apiId,
      resourcePath,
      protocol: "HTTP/1.1",
      accountId: "000000000000",
    },
    stageVariables,
  };
  return {
    preview: previewHash(template, sample),
    testRun: await testRun.then(
      ({ status, body }) => (status === 200 ? sha256(body) : FAILED),
      failedOrThrow,
    ),
    gateway: answer.status === 200 ? sha256(answer.bytes) : FAILED,
  };
}

function previewHash(template: string, sample: StudioSample): string {
  try {
    return sha256(renderPreview(template, sample).output);
  } catch (error) {
    if (error instanceof VtlError) return FAILED;
    throw error;
  }
}

/** A template that is refused when it is compiled fails like one that is when it is rendered. */
function failedOrThrow(error: unknown): string {
  if (error instanceof SnapshotError) return FAILED;
  throw error;
}

describe("preview, test run and gateway give the same bytes", () => {
  const cases = requestCases();
  it("there are more than 200 cases with an output, and some that fail", () => {
    expect(cases.filter((one) => one.expectedError).length).toBeGreaterThan(10);
    expect(cases.filter((one) => !one.expectedError).length).toBeGreaterThan(200);
  });
  it.each(["request", "response"] as const)("for a template of the %s", async (side) => {
    const different: unknown[] = [];
    for (const [index, testCase] of cases.entries()) {
      const apiId = `${side === "request" ? "q" : "s"}${String(index).padStart(9, "0")}`;
      const found = await hashes({ apiId, testCase, side });
      if (found.preview !== found.testRun || found.preview !== found.gateway)
        different.push({ id: testCase.id, template: testCase.template.slice(0, 200), ...found });
    }
    expect(different).toEqual([]);
  });
});
