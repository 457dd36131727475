import { describe, expect, it } from "vitest";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { buildApi } from "@/server/testing/api-builder";
import { compileApi } from "./compile-api";
import { SnapshotError } from "./snapshot-error";

const identity = { apiId: "abc123defg", deploymentId: "dep", accountId: "0" };
const stage = stageConfigSchema.parse({ stageName: "prod" });

function problemsOf(methods: Record<string, Record<string, unknown>>, rest: object = {}): string[] {
  try {
    compileApi(buildApi(methods, rest), stage, identity);
    return [];
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return error.problems.map((p) => `${p.path.join(".")}: ${p.message}`);
  }
}

const mock = (fields: object) => ({ methodIntegration: { type: "MOCK", ...fields } });

describe("compileApi", () => {
  it("gives a frozen program", () => {
    const runtime = compileApi(buildApi({ "GET /a": mock({}) }), stage, identity);
    expect(Object.isFrozen(runtime) && Object.isFrozen(runtime.routes[0]?.steps)).toBe(true);
  });

  it("leaves out of a route's steps what the route does not need", () => {
    const runtime = compileApi(buildApi({ "GET /a": mock({}) }), stage, identity);
    expect(runtime.routes[0]?.steps.map((s) => s.name)).toEqual([
      "limits",
      "read-body",
      "map-request",
      "select-response",
      "map-response",
    ]);
  });

  it("lists every problem with its path", () => {
    const problems = problemsOf({
      "GET /a": mock({
        integrationResponses: {
          200: { selectionPattern: "(", responseParameters: { "method.response.header.X": "true" } },
        },
      }),
      "POST /a": { ...mock({}), requestValidatorId: "nope" },
    });
    expect(problems.some((p) => /integrationResponses\.200\.selectionPattern/.test(p))).toBe(true);
    expect(problems.some((p) => p.includes("Invalid mapping expression specified: true"))).toBe(true);
    expect(problems.some((p) => /POST\.requestValidatorId: no request validator nope/.test(p))).toBe(true);
  });

  it("refuses models that refer to something outside the API", () => {
    const problems = problemsOf(
      { "POST /a": { ...mock({}), requestValidatorId: "v", requestModels: { "application/json": "Far" } } },
      {
        requestValidators: { v: { id: "v", name: "v", validateRequestBody: true } },
        models: { Far: { name: "Far", schema: '{"$ref":"http://elsewhere.test/schema.json"}' } },
      },
    );
    expect(problems.join()).toContain("nothing is fetched");
  });

  it("refuses a document of another version", () => {
    const snapshot = { ...buildApi({}), formatVersion: 2 as 1 };
    expect(() => compileApi(snapshot, stage, identity)).toThrow(SnapshotError);
  });

  it("refuses a resource whose parent is missing", () => {
    const snapshot = buildApi({ "GET /a/b": mock({}) });
    const { "r-a": _gone, ...resources } = snapshot.resources;
    expect(() => compileApi({ ...snapshot, resources }, stage, identity)).toThrow(/leads nowhere/);
  });

  it.each([
    ["a model that is not there", { "application/json": "Gone" }, {}, "no model Gone"],
    ["a model that is no JSON", { "application/json": "Bad" }, { Bad: "{" }, "model Bad is not JSON"],
    [
      "a model that is no schema",
      { "application/json": "Bad" },
      { Bad: "[]" },
      "model Bad is not a schema object",
    ],
    [
      "a model that refers to one that is not there",
      { "application/json": "A" },
      { A: '{"$ref":"https://apigateway.amazonaws.com/restapis/x/models/Gone"}' },
      "no model Gone",
    ],
  ])("refuses %s", (_what, requestModels, schemas, message) => {
    const models = Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, { name, schema }]),
    );
    const validators = { v: { id: "v", name: "v", validateRequestBody: true } };
    const problems = problemsOf(
      { "POST /a": { ...mock({}), requestValidatorId: "v", requestModels } },
      { requestValidators: validators, models },
    );
    expect(problems.join()).toContain(message);
  });

  it.each([
    ["method.request.body[", "Invalid mapping expression"],
    ["method.request.header", "Invalid mapping expression"],
    ["method.request.cookie.a", "Invalid mapping expression"],
    ["integration.response.header.a", "Invalid mapping expression"],
  ])("refuses the request mapping %s", (expression, message) => {
    const requestParameters = { "integration.request.header.X": expression };
    const methodIntegration = { type: "HTTP", httpMethod: "GET", uri: "http://h.test/", requestParameters };
    expect(problemsOf({ "GET /a": { methodIntegration } }).join()).toContain(message);
  });

  it("refuses mappings of answers and gateway responses it does not understand", () => {
    const responseParameters = {
      "method.response.cookie.X": "'a'",
      "method.response.header.Y": "integration.response.header",
    };
    const problems = problemsOf(
      { "GET /a": mock({ integrationResponses: { 200: { responseParameters } } }) },
      {
        gatewayResponses: {
          THROTTLED: {
            responseType: "THROTTLED",
            responseParameters: { "gatewayresponse.header.X": "nonsense" },
          },
        },
      },
    );
    expect(problems.join()).toContain("is no method response header");
    expect(problems.filter((p) => p.includes("Invalid mapping expression"))).toHaveLength(2);
  });
});
