import { describe, expect, it } from "vitest";
import { fakePorts } from "@/server/testing/fake-ports";
import { compileApi } from "../compile/compile-api";
import { bodyOf, type HttpRequest } from "../http-message";
import { handleHttp } from "../pipelines/http";
import type { Ports } from "../ports";
import { apiSnapshotSchema } from "../snapshot/api-snapshot";
import { type StageConfig, stageConfigSchema } from "../snapshot/stage-config";
import { recordExchange } from "../steps/record-exchange";
import { maskedValue, withoutQuery } from "./masked-text";
import { Observation } from "./observation";
import type { RequestLogEntry } from "./request-log-entry";

const mock = (extra: object = {}) => ({
  httpMethod: "GET",
  methodIntegration: {
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    integrationResponses: { "200": { statusCode: "200" } },
  },
  methodResponses: { "200": { statusCode: "200" } },
  ...extra,
});

const snapshot = apiSnapshotSchema.parse({
  formatVersion: 1,
  name: "Observed",
  resources: {
    root: { id: "root", parentId: null, pathPart: "", resourceMethods: { GET: mock() } },
    keyed: {
      id: "keyed",
      parentId: "root",
      pathPart: "keyed",
      resourceMethods: { GET: mock({ apiKeyRequired: true }) },
    },
  },
});

const request = (path: string, headers: string[] = []): HttpRequest => ({
  method: "GET",
  path,
  fullPath: `/prod${path}`,
  requestLine: { method: "GET", path: `/prod${path}` },
  rawQuery: "",
  headers,
  body: bodyOf(new Uint8Array()),
  forwarded: null,
  cancel: null,
  sourceIp: "10.0.0.1",
  domainName: "x",
  protocol: "HTTP/1.1",
});

async function serve(stage: Partial<StageConfig>, http: HttpRequest, overrides: Partial<Ports> = {}) {
  const entries: RequestLogEntry[] = [];
  const logs: [string, string, string][] = [];
  const ports = fakePorts({
    requestLog: { write: (entry) => entries.push(entry) },
    executionLog: { write: (...line) => logs.push(line) },
    ...overrides,
  });
  const config = stageConfigSchema.parse({ stageName: "prod", ...stage });
  const runtime = compileApi(snapshot, config, { apiId: "abc", deploymentId: "d1", accountId: "0" });
  const result = handleHttp(runtime, http, ports);
  const exchange = await result;
  recordExchange(exchange, ports, 2);
  return { entries, logs, exchange, isSync: !(result instanceof Promise) };
}

const logging = (loggingLevel: "ERROR" | "INFO", dataTraceEnabled = false) =>
  stageConfigSchema.parse({ stageName: "x", methodSettings: { "*/*": { loggingLevel, dataTraceEnabled } } })
    .methodSettings;

describe("what requests leave in the request log", () => {
  it("is nothing when the stage does not say so, and the pipeline stays synchronous", async () => {
    const { entries, logs, exchange, isSync } = await serve({}, request("/"));
    expect([entries, logs, exchange.observation, isSync]).toEqual([[], [], null, true]);
  });

  it("is the request with its steps, with secrets masked", async () => {
    const headers = ["Authorization", "Bearer abc", "Cookie", "a=b", "x-api-key", "k", "Accept", "*/*"];
    const { entries } = await serve({ requestLog: "ALL" }, request("/", headers));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ apiId: "abc", route: "GET /", status: 200, errorType: null });
    expect(entries[0]?.detail.steps.map((step) => step.outcome)).not.toContain("failed");
    expect(entries[0]?.detail.requestHeaders).toEqual([
      ["Authorization", "******"],
      ["Cookie", "******"],
      ["x-api-key", "******"],
      ["Accept", "*/*"],
    ]);
    expect(entries[0]?.detail.log).toEqual([]);
  });

  it("is a share of the requests where it is sampled", async () => {
    const stage = { requestLog: "SAMPLED" as const, requestLogPercent: 40 };
    expect((await serve(stage, request("/"))).entries).toHaveLength(0);
    expect((await serve({ ...stage, requestLogPercent: 60 }, request("/"))).entries).toHaveLength(1);
    expect((await serve({ requestLog: "SAMPLED" }, request("/"))).entries).toHaveLength(0);
  });

  it("says why the gateway refused and what would have passed", async () => {
    const refusal = async (http: HttpRequest, overrides: Partial<Ports> = {}) =>
      (await serve({ requestLog: "ALL" }, http, overrides)).entries[0]?.detail.refusal;
    expect(await refusal(request("/keyed"))).toMatchObject({
      type: "INVALID_API_KEY",
      why: "The method requires an API key and none came.",
    });
    expect(await refusal(request("/keyed", ["X-API-Key", "wrong"]))).toMatchObject({
      why: "The API key is unknown, disabled, or in no usage plan of Observed › prod.",
      wouldPass: "An enabled key of a usage plan that covers Observed › prod, in x-api-key.",
    });
    expect((await refusal(request("/nowhere")))?.why).toBe("The deployment has no method for GET /nowhere.");
    const limited = await refusal(request("/"), {
      limits: {
        status: () => [],
        admit: () => ({
          limit: "plan",
          type: "THROTTLED",
          subject: "key k1 in plan p1",
          value: "10 requests/s, burst 20",
          retryAfterMs: 1_500,
        }),
      },
    });
    expect(limited).toEqual({
      type: "THROTTLED",
      why: "The plan limit of key k1 in plan p1 was used up: 10 requests/s, burst 20.",
      wouldPass: "The same request 2 s later, or under a higher limit.",
    });
  });
});

describe("the execution log", () => {
  it("has AWS's lines at INFO, each with its date, and bodies only with data trace", async () => {
    const { logs } = await serve({ methodSettings: logging("INFO") }, request("/", ["Authorization", "x"]));
    const [group, stage, text = ""] = logs[0] ?? [];
    expect([group, stage]).toEqual(["API-Gateway-Execution-Logs_abc", "prod"]);
    const lines = text.split("\n");
    expect(lines[0]).toMatch(/^Execution log for request /);
    expect(lines[1]).toMatch(/^\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} : Extended Request Id: /);
    expect(text).toContain("Method request headers: {Authorization=******}");
    expect(text).toContain("Method completed with status: 200");
    expect(text).not.toContain("body");
    const traced = await serve({ methodSettings: logging("INFO", true) }, request("/"));
    expect(traced.logs[0]?.[2]).toContain("Method response body after transformations:");
  });

  it("keeps at ERROR only what failed, with the check of the key", async () => {
    expect((await serve({ methodSettings: logging("ERROR") }, request("/"))).logs).toEqual([]);
    const { logs } = await serve({ methodSettings: logging("ERROR") }, request("/keyed"));
    expect(logs[0]?.[2]).toContain("API Key was required but not present");
    expect((await serve({ methodSettings: logging("ERROR", true) }, request("/"))).logs).toHaveLength(1);
  });

  it("cuts lines at 1,024 bytes, whole characters only", () => {
    const observation = new Observation(fakePorts().clock, false, { level: "INFO", dataTrace: true });
    observation.log("é".repeat(1_000));
    observation.log("x".repeat(400));
    const [long = "", short = ""] = observation.lines;
    expect(new TextEncoder().encode(long).length).toBeLessThanOrEqual(1_024);
    expect(new TextEncoder().encode(long).length).toBeGreaterThan(1_020);
    expect(long.endsWith("é")).toBe(true);
    expect(short.endsWith("x".repeat(400))).toBe(true);
  });
});

describe("masking", () => {
  it("hides values by the name they have, and query strings", () => {
    expect(maskedValue("X-Session-Token", "a")).toBe("******");
    expect(maskedValue("Accept", "a")).toBe("a");
    expect(withoutQuery("GET http://x/y?token=1 took 3 ms")).toBe("GET http://x/y?… took 3 ms");
  });
});
