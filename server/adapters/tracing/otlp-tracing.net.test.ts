import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "@/server/adapters/clock";
import { LambdaInvoker } from "@/server/adapters/functions/function-invoker";
import { HttpClient } from "@/server/adapters/http-client";
import { systemIds } from "@/server/adapters/ids";
import type { Span } from "@/server/gateway/observation/tracing/span";
import { buildApi } from "@/server/testing/api-builder";
import { startFunctionServer } from "@/server/testing/function-server";
import { startGateway } from "@/server/testing/gateway-fixture";
import { type OtlpCollector, startCollector } from "@/server/testing/otlp-collector";
import { OtlpTracing, type OtlpTracingOptions } from "./otlp-tracing";

const SERVER = 2;
const CLIENT = 3;
const received: http.IncomingHttpHeaders[] = [];
const backEnd = http.createServer((request, response) => {
  received.push(request.headers);
  response.end("pets");
});
let backEndUrl = "";
let collector: OtlpCollector;
let open: OtlpTracing[] = [];
const failures: string[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => backEnd.listen(0, "127.0.0.1", resolve));
  backEndUrl = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}`;
});
afterAll(() => {
  backEnd.closeAllConnections();
  backEnd.close();
});
beforeEach(async () => {
  received.length = 0;
  failures.length = 0;
  collector = await startCollector();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await collector.close();
  await Promise.all(open.map((tracing) => tracing.close()));
  open = [];
});

async function openTracing(options: Partial<OtlpTracingOptions> = {}): Promise<OtlpTracing> {
  const tracing = await OtlpTracing.open({
    endpoint: collector.endpoint,
    sampling: { reservoir: 0, percent: 100 },
    instanceId: "gateway/0",
    clock: systemClock,
    ids: systemIds,
    onFailure: (error) => failures.push(String(error)),
    times: { batchMs: 5, exportMs: 20_000, drainMs: 300 },
    ...options,
  });
  open.push(tracing);
  return tracing;
}

/** Holds before long, on a loaded machine too. */
const eventually = (check: () => void) => vi.waitFor(check, 10_000);

async function gatewayWith(tracing: OtlpTracing, stage: object = { tracingEnabled: true }) {
  const gateway = await startGateway({ tracing });
  const methodIntegration = { type: "HTTP_PROXY", httpMethod: "GET", uri: `${backEndUrl}/pets` };
  gateway.serve("abc123defg", buildApi({ "GET /pets/{id}": { methodIntegration } }), {
    stageName: "prod",
    ...stage,
  });
  const call = async (headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://localhost:${gateway.port}/abc123defg/prod/pets/7?token=hidden`, {
      headers,
    });
    return { status: answer.status, text: await answer.text() };
  };
  return { gateway, call };
}

describe("a request that is recorded", () => {
  it("leaves a span of its own, one for each step below it, and is the parent of what the back end records", async () => {
    const tracing = await openTracing();
    const { gateway, call } = await gatewayWith(tracing);
    await call({ authorization: "Bearer hidden", "x-api-key": "hidden", cookie: "session=hidden" });
    await eventually(() => {
      expect(collector.spans.length).toBeGreaterThan(4);
      expect(tracing.counts).toMatchObject({ exported: collector.spans.length, dropped: 0, waiting: 0 });
    });
    const root = collector.spans.find(({ kind }) => kind === SERVER);
    const toBackEnd = collector.spans.find(({ kind }) => kind === CLIENT);
    expect(root).toMatchObject({
      name: "GET /pets/{id}",
      parentId: "",
      status: 0,
      attributes: {
        "http.response.status_code": 200,
        "aws.api_id": "abc123defg",
        "url.path": "/prod/pets/7",
      },
      resource: { "service.name": "gatehouse", "service.instance.id": "gateway/0" },
    });
    const below = collector.spans.filter((span) => span !== root);
    expect(new Set(below.map(({ parentId }) => parentId))).toEqual(new Set([root?.spanId]));
    expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(new Set(collector.spans.map(({ spanId }) => spanId)).size).toBe(collector.spans.length);
    for (const { startNs, endNs } of below) {
      expect(startNs).toBeGreaterThanOrEqual(root?.startNs ?? 0n);
      expect(endNs).toBeGreaterThanOrEqual(startNs);
      expect(endNs).toBeLessThanOrEqual((root?.endNs ?? 0n) + 1_000_000n);
    }
    expect(received[0]?.traceparent).toBe(`00-${root?.traceId}-${toBackEnd?.spanId}-01`);
    const xrayRoot = `1-${root?.traceId.slice(0, 8)}-${root?.traceId.slice(8)}`;
    expect(received[0]?.["x-amzn-trace-id"]).toBe(`Root=${xrayRoot};Parent=${toBackEnd?.spanId};Sampled=1`);
    expect(
      JSON.stringify(collector.spans, (_, value) => (typeof value === "bigint" ? 0 : value)),
    ).not.toContain("hidden");
    await gateway.close();
  });

  it("is the parent, by the step that asks it, of what an authorizer records", async () => {
    const functions = await startFunctionServer();
    functions.play = () => ({
      returns: {
        principalId: "ada",
        policyDocument: { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
      },
    });
    const client = new HttpClient();
    const endpoint = { url: functions.url, region: "eu-west-1", credentials: null };
    const gateway = await startGateway({
      tracing: await openTracing(),
      functions: new LambdaInvoker({ http: client, clock: systemClock, endpoints: { of: () => endpoint } }),
    });
    const methodIntegration = { type: "HTTP_PROXY", httpMethod: "GET", uri: `${backEndUrl}/pets` };
    const guarded = { authorizationType: "CUSTOM", authorizerId: "a", methodIntegration };
    const authorizerUri =
      "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:guard/invocations";
    const authorizers = { a: { id: "a", name: "guard", type: "TOKEN", authorizerUri } };
    const stage = { stageName: "prod", tracingEnabled: true };
    gateway.serve("abc123defg", buildApi({ "GET /pets": guarded }, { authorizers }), stage);
    await fetch(`http://localhost:${gateway.port}/abc123defg/prod/pets`, { headers: { authorization: "t" } });
    await eventually(() => expect(collector.spans.length).toBeGreaterThan(5));
    const of = (name: string) => collector.spans.find((span) => span.name === name);
    const traceId = of("GET /pets")?.traceId;
    expect(functions.seen[0]?.headers.traceparent).toBe(`00-${traceId}-${of("authorize")?.spanId}-01`);
    expect(received[0]?.traceparent).toBe(`00-${traceId}-${of("GET")?.spanId}-01`);
    await Promise.all([gateway.close(), client.close(), functions.close()]);
  });

  it("is a child of its caller's span", async () => {
    const { gateway, call } = await gatewayWith(await openTracing(), {});
    await call({ traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", tracestate: "a=1" });
    await eventually(() => expect(collector.spans.length).toBeGreaterThan(4));
    expect(collector.spans.find(({ kind }) => kind === SERVER)).toMatchObject({
      traceId: "0af7651916cd43dd8448eb211c80319c",
      parentId: "b7ad6b7169203331",
      traceState: "a=1",
    });
    expect(received[0]?.tracestate).toBe("a=1");
    await gateway.close();
  });

  it("goes out under the service's name and with the headers that the environment says", async () => {
    vi.stubEnv("OTEL_SERVICE_NAME", "pets-gateway");
    vi.stubEnv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test");
    vi.stubEnv("OTEL_EXPORTER_OTLP_HEADERS", "x-collector-key=abc");
    const { gateway, call } = await gatewayWith(await openTracing());
    await call();
    await eventually(() => expect(collector.spans.length).toBeGreaterThan(4));
    expect(collector.spans[0]?.resource).toMatchObject({
      "service.name": "pets-gateway",
      "deployment.environment.name": "test",
    });
    expect(collector.requests[0]).toMatchObject({
      "x-collector-key": "abc",
      "content-type": "application/x-protobuf",
    });
    await gateway.close();
  });
});

describe("a collector that is not well", () => {
  it("that is silent delays no request; what waits is bounded, the rest is dropped whole and counted", async () => {
    collector.mode = "silent";
    const tracing = await openTracing({ times: { batchMs: 5, exportMs: 20_000, drainMs: 50 } });
    const { gateway, call } = await gatewayWith(tracing);
    expect(await call()).toEqual({ status: 200, text: "pets" });
    for (let i = 0; i < 2_000; i++) tracing.write(Array.from({ length: 6 }, spanOf));
    expect(tracing.counts.waiting).toBeLessThanOrEqual(8_192);
    expect(tracing.counts.waiting + tracing.counts.dropped).toBeGreaterThanOrEqual(12_000);
    expect(tracing.counts.dropped % 6).toBe(0);
    expect(await call()).toEqual({ status: 200, text: "pets" });
    await gateway.close();
    const startedMs = performance.now();
    await tracing.close();
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it("that refuses costs its batches, is told once, and gets what comes later", async () => {
    collector.mode = "failing";
    const tracing = await openTracing();
    tracing.write([spanOf()]);
    await eventually(() => expect(tracing.counts).toMatchObject({ dropped: 1, waiting: 0 }));
    tracing.write([spanOf()]);
    await eventually(() => expect(tracing.counts.dropped).toBe(2));
    expect(failures).toHaveLength(1);
    collector.mode = "ok";
    tracing.write([spanOf()]);
    await eventually(() => expect(tracing.counts).toMatchObject({ exported: 1, dropped: 2 }));
  });

  it("that is not there costs its batches, and no request", async () => {
    const times = { batchMs: 5, exportMs: 300, drainMs: 300 };
    const tracing = await openTracing({ endpoint: "http://127.0.0.1:1/v1/traces", times });
    const { gateway, call } = await gatewayWith(tracing);
    expect(await call()).toEqual({ status: 200, text: "pets" });
    await eventually(() => expect(tracing.counts.dropped).toBeGreaterThan(4));
    await gateway.close();
  });
});

describe("spans that cannot be written", () => {
  it("are dropped and counted, and those behind them go out", async () => {
    const tracing = await openTracing();
    // biome-ignore lint/style/noNonNullAssertion: what no engine makes
    tracing.write([{ ...spanOf(), name: null! }]);
    await eventually(() => expect(tracing.counts).toMatchObject({ dropped: 1, waiting: 0 }));
    tracing.write([spanOf()]);
    await eventually(() => expect(tracing.counts).toMatchObject({ exported: 1, waiting: 0 }));
  });
});

describe("the end", () => {
  it("exports what waits", async () => {
    const tracing = await openTracing({ times: { batchMs: 60_000, exportMs: 20_000, drainMs: 20_000 } });
    tracing.write([spanOf()]);
    await tracing.close();
    expect(collector.spans).toHaveLength(1);
  });
});

function spanOf(): Span {
  return {
    traceId: systemIds.hex(32),
    spanId: systemIds.hex(16),
    parentId: null,
    isParentRemote: false,
    tracestate: "",
    name: "a span",
    kind: "internal",
    startMs: 1_795_622_869_000.25,
    durationMs: 1.5,
    isFailed: true,
    attributes: { "gatehouse.canary": true },
  };
}
