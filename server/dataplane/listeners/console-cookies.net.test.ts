import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildApi } from "@/server/testing/api-builder";
import { type GatewayFixture, startGateway } from "@/server/testing/gateway-fixture";
import { type Behaviour, startHostileBackend } from "@/server/testing/hostile-backend";

const API = "abc123defg";
let behaviour: Behaviour;
let backend: Awaited<ReturnType<typeof startHostileBackend>>;
let gateway: GatewayFixture;

beforeAll(async () => {
  backend = await startHostileBackend(() => behaviour);
  gateway = await startGateway();
  const echo = { "application/json": '#set($all = $input.params().header)[$all.get("cookie")]' };
  gateway.serve(
    API,
    buildApi({
      "GET /proxy": { methodIntegration: { type: "HTTP_PROXY", httpMethod: "GET", uri: `${backend.url}/x` } },
      "GET /mock": {
        methodIntegration: {
          type: "MOCK",
          requestTemplates: { "application/json": '{"statusCode": 200}' },
          integrationResponses: { 200: { responseTemplates: echo } },
        },
      },
    }),
    { stageName: "prod" },
  );
});
afterAll(async () => {
  await gateway.close();
  await backend.close();
});

const get = (path: string, cookie: string) =>
  fetch(`http://127.0.0.1:${gateway.port}/${API}/prod/${path}`, { headers: { cookie } });

describe("the console's cookies, which browsers send to every port of this machine", () => {
  it("do not reach back ends; other cookies do", async () => {
    behaviour = (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    backend.heads.length = 0;
    const cookies = "a=1; gatehouse.session_token=secret.s; __Secure-gatehouse.session_data=secret; b=2";
    expect((await get("proxy", cookies)).status).toBe(200);
    expect(backend.heads.join()).toMatch(/cookie: a=1; b=2\r\n/i);
    expect(backend.heads.join()).not.toContain("secret");
    await get("proxy", "gatehouse.session_token=secret");
    expect(backend.heads.at(-1)).not.toMatch(/cookie/i);
  });

  it("do not reach templates", async () => {
    const answer = await get("mock", "gatehouse.session_token=secret; a=1");
    expect(await answer.text()).toBe("[a=1]");
  });

  it("cannot be set by an API", async () => {
    behaviour = (socket) =>
      socket.end(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: gatehouse.session_token=theirs; Path=/\r\nSet-Cookie: own=1\r\n\r\n",
      );
    const answer = await get("proxy", "a=1");
    expect(answer.headers.getSetCookie()).toEqual(["own=1"]);
  });
});
