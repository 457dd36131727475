import { describe, expect, it } from "vitest";
import { buildApi } from "@/server/testing/api-builder";
import { fakePorts } from "@/server/testing/fake-ports";
import { compileApi } from "../../compile/compile-api";
import { bodyOf } from "../../http-message";
import { handleHttp } from "../../pipelines/http";
import { stageConfigSchema } from "../../snapshot/stage-config";
import { recordExchange } from "../../steps/record-exchange";
import type { RequestLogEntry } from "../request-log-entry";
import type { Span } from "./span";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const methodIntegration = {
  type: "MOCK",
  requestTemplates: { "application/json": '{"statusCode": 200}' },
  integrationResponses: { 200: {} },
};
const proxy = { type: "HTTP_PROXY", httpMethod: "GET", uri: "http://back.test/" };
const api = buildApi({ "GET /": { methodIntegration }, "GET /proxy": { methodIntegration: proxy } });

type Told = { headers?: string[]; stage?: object; isSampled?: boolean | null; path?: string };

async function serve({ headers = [], stage = {}, isSampled = false, path = "/" }: Told) {
  const spans: Span[] = [];
  const entries: RequestLogEntry[] = [];
  let asked = 0;
  const sample = () => {
    asked++;
    return isSampled === true;
  };
  const ports = fakePorts({
    tracing: isSampled === null ? undefined : { sample, write: (some) => spans.push(...some) },
    requestLog: { write: (entry) => entries.push(entry) },
    upstream: { send: async () => ({ status: 200, headers: [], body: new Uint8Array() }) },
  });
  const config = stageConfigSchema.parse({ stageName: "prod", ...stage });
  const about = { apiId: "abc", deploymentId: "d1", accountId: "0", isCanary: true };
  const result = handleHttp(
    compileApi(api, config, about),
    {
      method: "GET",
      path,
      fullPath: path,
      requestLine: { method: "GET", path },
      rawQuery: "",
      headers,
      body: bodyOf(new Uint8Array()),
      forwarded: null,
      cancel: null,
      sourceIp: "10.0.0.1",
      domainName: "x",
      protocol: "HTTP/1.1",
    },
    ports,
  );
  const exchange = await result;
  recordExchange(exchange, ports, 0);
  return { spans, exchange, asked, isSync: !(result instanceof Promise), entry: entries[0] };
}

const on = { tracingEnabled: true };
const all = { requestLog: "ALL" };
const traceparent = (flags: string) => ["traceparent", `00-${TRACE}-b7ad6b7169203331-${flags}`];

describe("a request that nobody records", () => {
  it.each([
    ["without a collector", { stage: on, isSampled: null, headers: traceparent("01") }],
    ["on a stage without tracing", {}],
    ["whose caller does not record it", { stage: on, isSampled: true, headers: traceparent("00") }],
    ["that the sampler leaves out", { stage: on }],
  ] satisfies [string, Told][])("%s is not looked at", async (_what, told) => {
    const { spans, exchange, isSync } = await serve(told);
    expect([spans, exchange.trace, exchange.observation, isSync]).toEqual([[], null, null, true]);
  });

  it("is no question to the sampler where its caller or its stage has decided", async () => {
    expect((await serve({ isSampled: true })).asked).toBe(0);
    expect((await serve({ isSampled: true, stage: on, headers: traceparent("00") })).asked).toBe(0);
    expect((await serve({ isSampled: true, stage: on })).asked).toBe(1);
  });
});

describe("the span of a request", () => {
  it("says whether the canary served it", async () => {
    const { spans } = await serve({ stage: on, isSampled: true });
    expect(spans[0]?.attributes).toMatchObject({ "gatehouse.canary": true, "url.scheme": "http" });
  });
});

describe("the request log's trace", () => {
  it.each([
    ["is the one that is recorded", { stage: { ...on, ...all }, isSampled: true }, { isRecorded: true }],
    ["is the caller's", { stage: all, headers: traceparent("00") }, { id: TRACE, isRecorded: false }],
    [
      "is the caller's X-Ray trace",
      { stage: all, headers: ["X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793"] },
      { id: "5759e988bd862e3fe1be46a994272793", isRecorded: false },
    ],
    [
      "is one that the back end was told",
      { stage: { ...on, ...all }, path: "/proxy" },
      { isRecorded: false },
    ],
  ] satisfies [string, Told, object][])("%s", async (_what, told, wanted) => {
    expect((await serve(told)).entry?.detail.trace).toMatchObject(wanted);
  });

  it("is none where nobody was told an id", async () => {
    expect((await serve({ stage: { ...on, ...all } })).entry?.detail.trace).toBeNull();
    expect((await serve({ stage: all, path: "/proxy" })).entry?.detail.trace).toBeNull();
  });
});
