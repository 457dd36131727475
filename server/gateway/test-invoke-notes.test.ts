import { describe, expect, it } from "vitest";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { buildApi } from "@/server/testing/api-builder";
import { fakePorts } from "@/server/testing/fake-ports";
import { UpstreamError } from "./ports";
import { type TestInvokeRequest, testInvoke } from "./test-invoke";

const stageConfig = stageConfigSchema.parse({ stageName: "test-invoke-stage" });
const FUNCTION = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/hello/invocations";
const snapshot = buildApi(
  {
    "GET /plain": { methodIntegration: { type: "MOCK", integrationResponses: { 200: {} } } },
    "POST /bytes": {
      methodIntegration: {
        type: "HTTP",
        httpMethod: "POST",
        uri: "http://back.test/x",
        integrationResponses: { 200: {} },
      },
    },
    "GET /needs": {
      requestValidatorId: "v",
      requestParameters: { "method.request.querystring.name": true },
      methodIntegration: { type: "MOCK", integrationResponses: { 200: {} } },
    },
    "POST /event": { methodIntegration: { type: "AWS_PROXY", httpMethod: "POST", uri: FUNCTION } },
    "POST /payload": {
      methodIntegration: {
        type: "AWS",
        httpMethod: "POST",
        uri: FUNCTION,
        integrationResponses: { 200: {} },
      },
    },
    "GET /{a}/{b}": { methodIntegration: { type: "MOCK", integrationResponses: { 200: {} } } },
    "ANY /proxy": { methodIntegration: { type: "HTTP_PROXY", httpMethod: "ANY", uri: "http://back.test" } },
  },
  {
    binaryMediaTypes: ["image/png"],
    requestValidators: { v: { id: "v", name: "params", validateRequestParameters: true } },
  },
);

function run(request: TestInvokeRequest, ports = fakePorts()) {
  return testInvoke({ snapshot, stageConfig, apiId: "abc123defg", request, ports });
}
const step = (result: Awaited<ReturnType<typeof run>>, name: string) =>
  result.steps.find((s) => s.name === name);

describe("what a test run tells", () => {
  it("says that no template ran", async () => {
    const result = await run({ httpMethod: "GET", path: "/plain" });
    expect(result.status).toBe(200);
    expect(step(result, "map-request")).toMatchObject({ outcome: "ok", summary: "no template ran" });
  });

  it("shows no text for a binary body that passes untouched", async () => {
    const sent: unknown[] = [];
    const ports = fakePorts({
      upstream: {
        send: async ({ body }) => {
          sent.push(body);
          return { status: 200, headers: [], body: new Uint8Array(0) };
        },
      },
    });
    const headers = { "Content-Type": "image/png" };
    const result = await run({ httpMethod: "POST", path: "/bytes", headers, body: "png" }, ports);
    expect(result.status).toBe(200);
    expect(sent).toEqual([new TextEncoder().encode("png")]);
    expect(step(result, "map-request")).toMatchObject({ input: "", output: "png" });
  });

  it("logs the request although it failed before its body was read, and names what is missing", async () => {
    const result = await run({ httpMethod: "GET", path: "/needs" });
    const message = "Missing required request parameters: [name]";
    expect(result).toMatchObject({ status: 400, body: JSON.stringify({ message }) });
    expect(step(result, "validate-parameters")).toMatchObject({ outcome: "failed", error: { message } });
    expect(result.log.join("\n")).toContain("HTTP Method: GET, Resource Path: /needs");
  });

  it("leaves the placeholder of a path parameter that was not given", async () => {
    const result = await run({ httpMethod: "GET", path: "/{a}/{b}", pathParameters: { a: "1" } });
    expect(result.log.join("\n")).toContain("Resource Path: /1/{b}");
  });

  it("passes an answer without a body", async () => {
    const answer = { status: 204, headers: [], body: new Uint8Array(0) };
    const ports = fakePorts({ upstream: { send: async () => answer } });
    const result = await run({ httpMethod: "HEAD", path: "/proxy" }, ports);
    expect(result).toMatchObject({ status: 204, body: "" });
  });

  it.each(["/event", "/payload"])(
    "shows what a function of %s was given, its log and its answer",
    async (path) => {
      const ports = fakePorts({
        functions: {
          async invoke({ wantsLog, headers, onSend }) {
            onSend?.([
              "x-amz-date",
              "20261125T160749Z",
              "authorization",
              "AWS4-HMAC-SHA256 c0ffee",
              ...headers,
            ]);
            const payload = new TextEncoder().encode('{"body":"hi"}');
            return { status: 200, functionError: null, headers: [], payload, log: wantsLog ? "START" : null };
          },
        },
      });
      const result = await run({ httpMethod: "POST", path, body: "{}" }, ports);
      expect(result.status).toBe(200);
      expect(step(result, "map-request")?.summary).toMatch(/ for hello$/);
      expect(step(result, "invoke-integration")).toMatchObject({ output: "START" });
      expect(result.log.find((line) => line.includes("Endpoint request headers"))).toMatch(
        /\{x-amzn-lambda-integration-tag=[\w-]+, Authorization=\*{17}c0ffee, X-Amz-Date=20261125T160749Z, x-amzn-api/,
      );
      expect(result.log.join("\n")).toContain(
        "Sending request to https://lambda.eu-west-1.amazonaws.com/2015-03-31/functions/hello/invocations",
      );
    },
  );

  it("shows the call once, without a signature, where the port gave up before it sent", async () => {
    const ports = fakePorts({
      functions: { invoke: () => Promise.reject(new UpstreamError("address", "no endpoint")) },
    });
    const { log } = await run({ httpMethod: "POST", path: "/event", body: "{}" }, ports);
    expect(log.filter((line) => line.includes("Endpoint request headers"))).toHaveLength(1);
    expect(log.join("\n")).not.toContain("Authorization");
  });
});
