import { describe, expect, it } from "vitest";
import { UpstreamError } from "@/server/gateway/ports";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { buildApi } from "@/server/testing/api-builder";
import { fakePorts } from "@/server/testing/fake-ports";
import { type TestInvokeRequest, TestInvokeTargetError, testInvoke } from "./test-invoke";

const stageConfig = stageConfigSchema.parse({ stageName: "test-invoke-stage" });
const JSON_TYPE = "application/json";
const NO_HOST = "https://${stageVariables.h}";
const snapshot = buildApi({
  "GET /pets/{petId}": {
    apiKeyRequired: true,
    authorizationType: "CUSTOM",
    methodIntegration: {
      type: "MOCK",
      requestTemplates: { [JSON_TYPE]: '{"statusCode": 200}' },
      integrationResponses: {
        200: { responseTemplates: { [JSON_TYPE]: '{"petId": "$input.params(\'petId\')"}' } },
      },
    },
  },
  "POST /send": {
    methodIntegration: {
      type: "HTTP",
      httpMethod: "POST",
      uri: "http://back.test/x",
      requestTemplates: { [JSON_TYPE]: '{"was": $input.body}' },
      integrationResponses: { 200: {} },
    },
  },
  "GET /broken": {
    methodIntegration: {
      type: "MOCK",
      requestTemplates: { [JSON_TYPE]: "line one\n#set($l = [1])$l.get(9)" },
      integrationResponses: { 200: {} },
    },
  },
  "ANY /any": { methodIntegration: { type: "HTTP_PROXY", httpMethod: "ANY", uri: "http://back.test" } },
  "GET /nowhere": {
    methodIntegration: { type: "HTTP_PROXY", httpMethod: "ANY", uri: NO_HOST },
  },
});

const DATE = "Wed Nov 25 16:07:49 UTC 2026 : ";
const ID = "00000000-0000-4000-8000-000000000001";

function run(request: TestInvokeRequest, ports = fakePorts()) {
  return testInvoke({ snapshot, stageConfig, apiId: "abc123defg", request, ports });
}

describe("testInvoke", () => {
  it("writes AWS's log for a mock, and lets the test through key and authorizer", async () => {
    const result = await run({
      httpMethod: "GET",
      path: "/pets/{petId}",
      pathWithQueryString: "/pets/123?foo=bar",
      headers: { Accept: "*/*" },
    });
    expect(result).toMatchObject({
      status: 200,
      body: '{"petId": "123"}',
      headers: [["Content-Type", JSON_TYPE]],
    });
    expect(result.log).toEqual([
      `Execution log for request ${ID}`,
      `${DATE}Starting execution for request: ${ID}`,
      `${DATE}HTTP Method: GET, Resource Path: /pets/123`,
      `${DATE}Method request path: {petId=123}`,
      `${DATE}Method request query string: {foo=bar}`,
      `${DATE}Method request headers: {Accept=*/*}`,
      `${DATE}Method request body before transformations: `,
      `${DATE}Method response body after transformations: {"petId": "123"}`,
      `${DATE}Method response headers: {Content-Type=application/json}`,
      `${DATE}Successfully completed execution`,
      `${DATE}Method completed with status: 200`,
    ]);
    expect(result.steps.filter((s) => s.outcome === "skipped").map((s) => s.name)).toEqual([
      "authorize",
      "api-key",
      "limits",
    ]);
  });

  it("takes path parameters one by one, as a form gives them", async () => {
    const result = await run({
      httpMethod: "GET",
      resourceId: "r-pets-petId",
      pathParameters: { petId: "7" },
    });
    expect(result.body).toBe('{"petId": "7"}');
    expect(result.log[2]).toBe(`${DATE}HTTP Method: GET, Resource Path: /pets/7`);
  });

  it("without a path uses the resource's own, so that the parameter is its placeholder", async () => {
    const result = await run({ httpMethod: "GET", path: "/pets/{petId}" });
    expect(result.body).toBe('{"petId": "{petId}"}');
  });

  it("gives no parameters and no error for a path that does not fit", async () => {
    const result = await run({
      httpMethod: "GET",
      path: "/pets/{petId}",
      pathWithQueryString: "/random/test",
    });
    expect(result.body).toBe('{"petId": ""}');
  });

  it("logs the back-end call and shows each step's input and output", async () => {
    const ports = fakePorts({
      upstream: {
        send: async () => ({
          status: 200,
          headers: ["Content-Type", "text/x"],
          body: new TextEncoder().encode("done"),
        }),
      },
    });
    const result = await run({ httpMethod: "POST", path: "/send", body: "[1]" }, ports);
    expect(result).toMatchObject({ status: 200, body: "done" });
    expect(result.headers.map(([name]) => name)).toEqual(["X-Amzn-Trace-Id", "Content-Type"]);
    const text = result.log.map((line) => line.replace(DATE, ""));
    expect(text).toContain("Endpoint request URI: http://back.test/x");
    expect(text).toContain('Endpoint request body after transformations: {"was": [1]}');
    expect(text).toContain("Received response. Status: 200, Integration latency: 0 ms");
    expect(text).toContain("Endpoint response body before transformations: done");
    expect(result.steps.find((s) => s.name === "map-request")).toMatchObject({
      outcome: "ok",
      input: "[1]",
      output: '{"was": [1]}',
    });
  });

  it("ends the log as AWS does when the endpoint's address is unusable", async () => {
    const result = await run({ httpMethod: "GET", path: "/nowhere" });
    expect(result).toMatchObject({
      status: 500,
      body: '{"message": "Internal server error"}',
      headers: [["x-amzn-ErrorType", "InternalServerErrorException"]],
    });
    expect(result.log.slice(-2)).toEqual([
      `${DATE}Execution failed due to configuration error: Invalid endpoint address`,
      `${DATE}Method completed with status: 500`,
    ]);
  });

  it("tells line and column of a template that fails, and skips what comes after", async () => {
    const result = await run({ httpMethod: "GET", path: "/broken" });
    expect(result.status).toBe(500);
    expect(result.steps.find((s) => s.name === "map-request")).toMatchObject({
      outcome: "failed",
      error: { line: 2 },
    });
    expect(result.steps.at(-1)).toMatchObject({ name: "map-response", outcome: "skipped" });
  });

  it("reports a back end that fails as the client would see it", async () => {
    const ports = fakePorts({
      upstream: { send: () => Promise.reject(new UpstreamError("timeout", "slow")) },
    });
    const result = await run({ httpMethod: "POST", path: "/send" }, ports);
    expect(result).toMatchObject({ status: 504, body: '{"message": "Endpoint request timed out"}' });
    expect(result.log.at(-2)).toBe(`${DATE}Execution failed due to a timeout error`);
  });

  it("gathers a streamed answer, and sends repeated parameters and headers", async () => {
    const seen: string[] = [];
    const ports = fakePorts({
      upstream: {
        send: async ({ path, headers }) => {
          seen.push(path, headers.join());
          return { status: 200, headers: [], body: pieces("grü", "ße") };
        },
      },
    });
    const result = await run(
      {
        httpMethod: "DELETE",
        path: "/any",
        query: { a: ["1", "2"], b: "ü" },
        headers: { "X-A": ["1", "2"], "X-B": "3" },
      },
      ports,
    );
    expect(result).toMatchObject({ status: 200, body: "grüße" });
    expect(seen[0]).toBe("/?a=1&a=2&b=%C3%BC");
    expect(seen[1]).toContain("X-A,1,X-A,2,X-B,3");
    expect(result.steps.at(-1)).toMatchObject({ output: "[streamed]" });
  });

  it("tells a bug of the gateway in the log", async () => {
    const ports = fakePorts({ upstream: { send: () => Promise.reject(new TypeError("a bug")) } });
    const result = await run({ httpMethod: "DELETE", path: "/any" }, ports);
    expect(result.status).toBe(500);
    expect(result.log.join()).toContain("TypeError: a bug");
    expect(result.steps.find((s) => s.outcome === "failed")).toMatchObject({ summary: "a bug" });
  });

  it("cuts long header lists in the log", async () => {
    const result = await run({
      httpMethod: "GET",
      path: "/pets/{petId}",
      headers: { "X-Long": "a".repeat(2_000) },
    });
    expect(result.log.find((line) => line.includes("Method request headers"))).toMatch(/a \[TRUNCATED\]$/);
  });

  it("says which of resource and method is not there", async () => {
    await expect(run({ httpMethod: "GET", resourceId: "nope" })).rejects.toThrow(
      "Invalid Resource identifier specified",
    );
    await expect(run({ httpMethod: "PUT", path: "/send" })).rejects.toThrow(TestInvokeTargetError);
  });
});

async function* pieces(...texts: string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}
