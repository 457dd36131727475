import { describe, expect, it } from "vitest";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { buildApi } from "@/server/testing/api-builder";
import { fakePorts } from "@/server/testing/fake-ports";
import { testAuthorizer } from "./test-authorizer";

const uri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/guard/invocations";
const snapshot = buildApi(
  { "GET /": { requestValidatorId: "none", methodIntegration: { type: "HTTP", uri: "broken" } } },
  {
    authorizers: {
      a: { id: "a", name: "guard", type: "TOKEN", authorizerUri: uri },
      c: { id: "c", name: "pool", type: "COGNITO_USER_POOLS", providerARNs: ["https://issuer.test"] },
    },
  },
);
const ARN = "arn:aws:execute-api:us-east-1:000000000000:api1/test-invoke-stage/GET/pets/1";

function ask(answer: unknown, given: { authorizerId?: string; headers?: [string, string][] } = {}) {
  const payload = Buffer.from(JSON.stringify(answer));
  const ports = fakePorts({
    functions: {
      async invoke() {
        if (answer instanceof TypeError) throw answer;
        return { status: 200, functionError: null, headers: [], payload, log: null };
      },
    },
    tokens: { verify: async () => ({ outcome: "verified", claims: { sub: "u", scope: "x" } }) },
  });
  return testAuthorizer({
    snapshot,
    authorizerId: given.authorizerId ?? "a",
    stageConfig: stageConfigSchema.parse({ stageName: "test-invoke-stage" }),
    apiId: "api1",
    request: {
      httpMethod: "GET",
      path: "pets/1",
      headers: given.headers ?? [["Authorization", "t"]],
      scopes: ["x"],
    },
    ports,
  });
}
const policyFor = (Effect: string) => ({
  principalId: "ada",
  policyDocument: { Statement: [{ Sid: "Only", Effect, Action: "*", Resource: ARN }] },
  context: { n: 1 },
});

describe("testAuthorizer", () => {
  it("says who was let in, by which statement, and with what", async () => {
    const result = await ask(policyFor("Allow"));
    expect(result).toMatchObject({
      decision: "allow",
      status: 200,
      reason: "allowed by statement Only",
      methodArn: ARN,
      context: { principalId: "ada", n: "1" },
      answer: JSON.stringify(policyFor("Allow")),
      cachedSeconds: 300,
    });
    expect(result.log.join("\n")).toContain("Authorizer result body before parsing");
  });

  it("says which statement refused", async () => {
    expect(await ask(policyFor("Deny"))).toMatchObject({
      decision: "deny",
      status: 403,
      reason: "User is not authorized to access this resource with an explicit deny (statement Only)",
      context: null,
      cachedSeconds: 300,
    });
  });

  it("says that the token is missing, or the answer is none", async () => {
    expect(await ask(null, { headers: [] })).toMatchObject({
      decision: "deny",
      status: 401,
      answer: null,
      cachedSeconds: null,
    });
    expect(await ask(null)).toMatchObject({
      decision: "error",
      status: 500,
      reason: expect.stringContaining("the answer is no object"),
      answer: "null",
      cachedSeconds: null,
    });
    expect(await ask(null, { authorizerId: "unknown" })).toMatchObject({ decision: "error", status: 500 });
  });

  it("asks user pools for the scopes a method would ask for", async () => {
    const result = await ask(null, { authorizerId: "c" });
    expect(result).toMatchObject({ decision: "allow", context: { claims: { sub: "u" }, scopes: ["x"] } });
  });

  it("does not hide a bug", async () => {
    await expect(ask(new TypeError("a bug"))).rejects.toThrow("a bug");
  });
});
