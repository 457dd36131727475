import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "@/server/adapters/clock";
import { LambdaInvoker } from "@/server/adapters/functions/function-invoker";
import { signRequest } from "@/server/adapters/functions/sign-request";
import { HttpClient } from "@/server/adapters/http-client";
import { buildApi } from "@/server/testing/api-builder";
import { sendRaw } from "@/server/testing/conformance/raw-request";
import { type FunctionServer, startFunctionServer } from "@/server/testing/function-server";
import { type GatewayFixture, startGateway } from "@/server/testing/gateway-fixture";

const API = "abc123defg";
const uri = (name: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${name}/invocations`;
const echo = { type: "AWS_PROXY", httpMethod: "POST", uri: uri("echo") };
const guarded = { authorizationType: "CUSTOM", authorizerId: "a", methodIntegration: echo };
const snapshot = buildApi(
  {
    "GET /open/{id}": guarded,
    "GET /closed": guarded,
    "ANY /signed/{proxy+}": { authorizationType: "AWS_IAM", methodIntegration: echo },
  },
  { authorizers: { a: { id: "a", name: "guard", type: "TOKEN", authorizerUri: uri("guard") } } },
);

let functions: FunctionServer;
let gateway: GatewayFixture;
const http = new HttpClient();

beforeAll(async () => {
  functions = await startFunctionServer();
  const endpoint = { url: functions.url, region: "eu-west-1", credentials: null };
  gateway = await startGateway({
    functions: new LambdaInvoker({ http, clock: systemClock, endpoints: { of: () => endpoint } }),
  });
  gateway.serve(API, snapshot, { stageName: "prod" });
  const Statement = [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: "*/POST/signed/*" }];
  gateway.accessKeys.put({
    id: "AKIA1",
    workspaceId: "workspace",
    name: "ada",
    secretCipher: "secret",
    policy: { Statement },
  });
});
afterAll(async () => {
  await gateway.close();
  await http.close();
  await functions.close();
});
beforeEach(() => {
  functions.seen = [];
  functions.play = ({ functionName, event }) =>
    functionName === "guard"
      ? {
          returns: {
            principalId: "ada",
            policyDocument: { Statement: [{ Effect: "Allow", Action: "*", Resource: "*/open/*" }] },
            context: { team: 7 },
          },
        }
      : { returns: { body: JSON.stringify((event as { requestContext: object }).requestContext) } };
});

const get = (path: string, token: string) =>
  sendRaw(
    gateway.port,
    `GET /${API}/prod${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${token}\r\n\r\n`,
  );

describe("a method behind a Lambda authorizer", () => {
  it("asks once for a token, whatever the method, and asks the policy for each", async () => {
    const [one, two] = [await get("/open/1", "t1"), await get("/open/2", "t1")];
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(JSON.parse(one.body.toString()).authorizer).toMatchObject({ principalId: "ada", team: "7" });
    expect((await get("/closed", "t1")).status).toBe(403);
    expect(functions.seen.filter(({ functionName }) => functionName === "guard")).toHaveLength(1);
    await get("/open/1", "t2");
    expect(functions.seen.filter(({ functionName }) => functionName === "guard")).toHaveLength(2);
  });

  it("asks in the trace the back end is called in, the client's or one made up", async () => {
    await get("/open/1", "t3");
    await get("/open/1", "t4\r\nX-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
    const traces = functions.seen.map(({ headers }) => String(headers["x-amzn-trace-id"]));
    const roots = traces.map((trace) => /^Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/.exec(trace)?.[1]);
    expect(roots).toHaveLength(4);
    expect(roots[0]).toBeDefined();
    expect(roots.slice(1)).toEqual([roots[0], ...Array(2).fill("1-5759e988-bd862e3fe1be46a994272793")]);
  });
});

describe("a method with IAM authorization", () => {
  const sendSigned = async (target: { host: string; path: string; method?: string; key?: string }) => {
    const { host, path, method = "POST", key = "AKIA1" } = target;
    const body = Buffer.from('{"a":1}');
    const headers = await signRequest(
      {
        method,
        origin: `http://${host}:${gateway.port}`,
        path,
        query: { q: "a b" },
        headers: {},
        body,
        service: "execute-api",
        region: "us-east-1",
        at: new Date(),
      },
      { accessKeyId: key, secretAccessKey: "secret" },
    );
    const head = Object.entries({ ...headers, "Content-Length": String(body.length) })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("");
    return sendRaw(gateway.port, `${method} ${path}?q=a%20b HTTP/1.1\r\n${head}\r\n${body}`);
  };

  it.each([
    ["the API's own host", { host: `${API}.execute-api.localhost`, path: "/prod/signed/x%20y" }],
    ["one host for all APIs", { host: "localhost", path: `/${API}/prod/signed/x%20y` }],
  ])("lets in a signature over %s, with its body", async (_, target) => {
    const answer = await sendSigned(target);
    expect([answer.status, functions.seen[0]?.event]).toMatchObject([200, { body: '{"a":1}' }]);
    expect(JSON.parse(answer.body.toString()).identity).toMatchObject({
      accessKey: "AKIA1",
      userArn: "arn:aws:iam::000000000000:user/ada",
    });
  });

  it("refuses an unknown key, and what the key's policy does not allow", async () => {
    const target = { host: "localhost", path: `/${API}/prod/signed/x` };
    expect((await sendSigned({ ...target, key: "AKIA2" })).status).toBe(403);
    const refused = await sendSigned({ ...target, method: "PUT" });
    expect([refused.status, refused.body.toString()]).toEqual([
      403,
      '{"message":"User: arn:aws:iam::000000000000:user/ada is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:000000000000:abc123defg/prod/PUT/signed/x"}',
    ]);
    expect(functions.seen).toEqual([]);
  });
});
