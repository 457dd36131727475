import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signRequest } from "@/server/adapters/functions/sign-request";
import { MemoryResponseCache } from "@/server/adapters/response-cache/memory-response-cache";
import type { MethodSetting, StageConfig } from "@/server/gateway/snapshot/stage-config";
import { buildApi } from "@/server/testing/api-builder";
import { sendRaw } from "@/server/testing/conformance/raw-request";
import { type GatewayFixture, startGateway } from "@/server/testing/gateway-fixture";

const API = "abc123defg";
const MB = 1_048_576;

let calls: string[] = [];
/** Until then the back end does not answer. */
let gate: Promise<void> = Promise.resolve();
let answerBytes = 0;
let port = 0;
let gateway: GatewayFixture;
let cache: MemoryResponseCache;
let nowMs = 0;

const backEnd = http.createServer(async (request, response) => {
  calls.push(request.url ?? "");
  const text = `call ${calls.length} `;
  await gate;
  response.end(text.padEnd(answerBytes, "x"));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => backEnd.listen(0, "127.0.0.1", resolve));
  port = (backEnd.address() as AddressInfo).port;
});
afterAll(() => {
  backEnd.closeAllConnections();
  backEnd.close();
});
beforeEach(async () => {
  calls = [];
  gate = Promise.resolve();
  answerBytes = 0;
  cache = new MemoryResponseCache({ monotonicMs: () => nowMs }, 8 * MB);
  gateway = await startGateway({ responseCache: cache });
});
afterEach(() => gateway.close());

const apiAt = (path: string, authorizationType = "NONE") =>
  buildApi({
    "GET /pets": {
      authorizationType,
      requestParameters: { "method.request.querystring.id": false },
      methodIntegration: {
        type: "HTTP_PROXY",
        httpMethod: "GET",
        uri: `http://127.0.0.1:${port}/${path}`,
        cacheKeyParameters: ["method.request.querystring.id"],
      },
    },
  });

type Served = {
  setting?: Partial<MethodSetting>;
  canary?: StageConfig["canary"];
  authorizationType?: string;
};
function serve({ setting, canary = null, authorizationType }: Served = {}): void {
  gateway.serve(
    API,
    apiAt("production", authorizationType),
    {
      stageName: "prod",
      cacheClusterEnabled: true,
      methodSettings: { "*/*": { cachingEnabled: true, ...setting } },
      canary,
    },
    apiAt("canary"),
  );
}

async function get(query = "", headers = "") {
  const line = `GET /${API}/prod/pets${query} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
  const { status, body, headers: sent } = await sendRaw(gateway.port, line);
  const warning = sent.find(([name]) => name.toLowerCase() === "warning")?.[1];
  return { status, text: body.toString().trim().slice(0, 20), warning };
}
const texts = async (...queries: string[]) => {
  const found: string[] = [];
  for (const query of queries) found.push((await get(query)).text);
  return found;
};
const FRESH = "Cache-Control: max-age=0\r\n";

describe("a stage's cache in front of a back end", () => {
  it("answers from what it keeps, by key, until it is stale or flushed", async () => {
    serve({ setting: { cacheTtlInSeconds: 60 } });
    expect(await texts("", "", "?id=1", "?id=1")).toEqual(["call 1", "call 1", "call 2", "call 2"]);
    nowMs += 60_000;
    expect(await texts("", "")).toEqual(["call 3", "call 3"]);
    cache.clear(`${API}/prod`);
    expect(await texts("", "")).toEqual(["call 4", "call 4"]);
    expect(gateway.records.map(({ cacheStatus }) => cacheStatus)).toEqual([
      "miss",
      "hit",
      "miss",
      "hit",
      "miss",
      "hit",
      "miss",
      "hit",
    ]);
  });

  it("asks the back end once for sixty-four clients at a time", async () => {
    serve();
    let open: () => void = () => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const asked = Promise.all(Array.from({ length: 64 }, () => get()));
    await expect.poll(() => gateway.openSockets()).toBe(64);
    await expect.poll(() => calls.length).toBe(1);
    open();
    expect(new Set((await asked).map(({ text }) => text))).toEqual(new Set(["call 1"]));
    expect(calls).toHaveLength(1);
    const hits = gateway.records.filter(({ cacheStatus }) => cacheStatus === "hit");
    expect(hits).toHaveLength(63);
  });

  it("goes on for those who wait when the first client hangs up", async () => {
    serve();
    let open: () => void = () => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const first = http.get({ port: gateway.port, path: `/${API}/prod/pets`, agent: false });
    first.on("error", () => undefined);
    await expect.poll(() => calls.length).toBe(1);
    const second = get();
    await expect.poll(() => gateway.openSockets()).toBe(2);
    first.destroy();
    await expect.poll(() => gateway.openSockets()).toBe(1);
    open();
    expect((await second).text).toBe("call 1");
    expect(calls).toHaveLength(1);
  });

  it("lets anybody have an entry made anew where no permission is asked for", async () => {
    serve({ setting: { requireAuthorizationForCacheControl: false } });
    await get();
    expect(await get("", FRESH)).toMatchObject({ text: "call 2", warning: undefined });
    expect(await texts("")).toEqual(["call 2"]);
  });

  it.each([
    ["FAIL_WITH_403", { status: 403, warning: undefined }],
    ["SUCCEED_WITH_RESPONSE_HEADER", { text: "call 1", warning: expect.stringMatching(/^199 /) }],
    ["SUCCEED_WITHOUT_RESPONSE_HEADER", { text: "call 1", warning: undefined }],
  ] as const)(
    "meets who may not invalidate with %s",
    async (unauthorizedCacheControlHeaderStrategy, answer) => {
      serve({ setting: { unauthorizedCacheControlHeaderStrategy } });
      await get();
      expect(await get("", FRESH)).toMatchObject(answer);
      expect(calls).toHaveLength(1);
    },
  );

  it("lets a signed caller invalidate whose policy allows execute-api:InvalidateCache, and no other", async () => {
    serve({
      setting: { unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403" },
      authorizationType: "AWS_IAM",
    });
    const signedBy = async (accessKeyId: string, Action: string[]) => {
      const policy = { Statement: [{ Effect: "Allow", Action, Resource: "*/GET/pets" }] };
      const own = { id: accessKeyId, name: accessKeyId, workspaceId: "workspace", secretCipher: "secret" };
      gateway.accessKeys.put({ ...own, policy });
      const call = {
        method: "GET",
        origin: "http://localhost",
        path: `/${API}/prod/pets`,
        query: {},
        headers: {},
        body: Buffer.alloc(0),
        service: "execute-api",
        region: "us-east-1",
        at: new Date(),
      };
      const signed = await signRequest(call, { accessKeyId, secretAccessKey: "secret" });
      return Object.entries(signed)
        .filter(([name]) => name.toLowerCase() !== "host")
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join("");
    };
    const invoker = await signedBy("AKIAINVOKE", ["execute-api:Invoke"]);
    const invalidator = await signedBy("AKIABOTH", ["execute-api:Invoke", "execute-api:InvalidateCache"]);
    expect((await get("", invoker)).text).toBe("call 1");
    expect((await get("", invoker + FRESH)).status).toBe(403);
    expect((await get("", invalidator + FRESH)).text).toBe("call 2");
    expect((await get("", invoker)).text).toBe("call 2");
  });

  it("keeps a canary's answers apart, and keeps none of a canary that may not use it", async () => {
    const canary = {
      deploymentId: "other",
      percentTraffic: 50,
      sticky: { by: "header" as const, name: "x-side" },
    };
    serve({ canary: { ...canary, useStageCache: true } });
    const sides: string[] = [];
    for (let i = 0; i < 32; i++) sides.push((await get("", `x-side: ${i}\r\n`)).text);
    expect(new Set(sides)).toEqual(new Set(["call 1", "call 2"]));
    expect(calls.toSorted()).toEqual(["/canary", "/production"]);
    calls = [];
    cache.clear(`${API}/prod`);
    serve({ canary: { ...canary, useStageCache: false } });
    for (let i = 0; i < 32; i++) await get("", `x-side: ${i}\r\n`);
    expect(calls.filter((url) => url === "/production")).toHaveLength(1);
    expect(calls.filter((url) => url === "/canary").length).toBeGreaterThan(1);
  });

  it("stays within its bytes, whatever comes", async () => {
    serve();
    answerBytes = MB;
    const queries = Array.from({ length: 20 }, (_, i) => `?id=${i}`);
    await texts(...queries);
    expect(cache.held.bytes).toBeLessThanOrEqual(8 * MB);
    expect(cache.held.entries).toBe(7);
    await texts("?id=19", "?id=0");
    expect(calls).toHaveLength(21);
    answerBytes = MB + 1;
    await texts("?id=large", "?id=large");
    expect(calls).toHaveLength(23);
  });
});
