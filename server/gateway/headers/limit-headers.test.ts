import { describe, expect, it } from "vitest";
import { buildApi } from "@/server/testing/api-builder";
import { fakePorts } from "@/server/testing/fake-ports";
import { compileApi } from "../compile/compile-api";
import type { Exchange } from "../exchange";
import { bodyOf, type HttpRequest } from "../http-message";
import { handleHttp } from "../pipelines/http";
import type { LimitRefusal, LimitStatus, Limits } from "../ports";
import { stageConfigSchema } from "../snapshot/stage-config";
import { recordExchange } from "../steps/record-exchange";

const snapshot = buildApi({
  "GET /a": {
    methodIntegration: {
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      integrationResponses: { 200: { responseTemplates: { "application/json": "ok" } } },
    },
  },
});
const REQUEST: HttpRequest = {
  method: "GET",
  path: "/a",
  requestLine: { method: "GET", path: "/prod/a" },
  fullPath: "/prod/a",
  rawQuery: "",
  headers: [],
  body: bodyOf(new Uint8Array(0)),
  forwarded: null,
  cancel: null,
  sourceIp: "127.0.0.1",
  domainName: "localhost",
  protocol: "HTTP/1.1",
};
const LOG = "$context.status $context.limit.refused $context.limit.value $context.limit.shadow";

const plan: LimitStatus = { limit: "plan", quota: 20, windowSeconds: 2, remaining: 7, resetSeconds: 1 };
const quota: LimitStatus = {
  limit: "quota",
  quota: 100,
  windowSeconds: 86_400,
  remaining: 5,
  resetSeconds: 900,
};
const refusal: LimitRefusal = {
  limit: "plan",
  type: "THROTTLED",
  subject: "key k in plan p",
  value: "10 requests/s, burst 20",
  retryAfterMs: 1_200,
};

function answerOf(
  rateLimitHeaders: "OFF" | "STANDARD" | "SEPARATE",
  limits: Partial<Limits> = {},
): { status: number; headers: Record<string, string>; log: string } {
  const stage = stageConfigSchema.parse({ stageName: "prod", rateLimitHeaders, accessLogFormat: LOG });
  const runtime = compileApi(snapshot, stage, { apiId: "api", deploymentId: "d", accountId: "0" });
  let log = "";
  const ports = fakePorts({
    limits: { admit: () => null, status: () => [plan, quota], ...limits },
    accessLog: {
      write: (_api, _stage, line) => {
        log = line;
      },
    },
  });
  const exchange = handleHttp(runtime, REQUEST, ports) as Exchange;
  recordExchange(exchange, ports, 0);
  const headers: Record<string, string> = {};
  for (let i = 0; i < exchange.headers.length; i += 2) {
    const name = exchange.headers[i] as string;
    if (/^ratelimit|^retry/i.test(name)) headers[name] = exchange.headers[i + 1] as string;
  }
  return { status: exchange.status, headers, log };
}

describe("headers about limits", () => {
  it("are not sent unless the stage wants them, as on AWS", () => {
    expect(answerOf("OFF").headers).toEqual({});
    expect(answerOf("OFF", { admit: () => refusal })).toMatchObject({ status: 429, headers: {} });
  });

  it("list every limit in the standard's fields", () => {
    expect(answerOf("STANDARD").headers).toEqual({
      "RateLimit-Policy": '"plan";q=20;w=2, "quota";q=100;w=86400',
      RateLimit: '"plan";r=7;t=1, "quota";r=5;t=900',
    });
  });

  it("tell the tightest limit in the separate fields, and when to come again on a 429", () => {
    expect(answerOf("SEPARATE", { admit: () => refusal })).toEqual({
      status: 429,
      headers: {
        "RateLimit-Limit": "100",
        "RateLimit-Remaining": "5",
        "RateLimit-Reset": "900",
        "Retry-After": "2",
      },
      log: "429 plan 10 requests/s, burst 20 -",
    });
  });

  it("leave out what is not limited, and a time that is not known", () => {
    const never = { ...refusal, retryAfterMs: null };
    expect(answerOf("STANDARD", { status: () => [], admit: () => never }).headers).toEqual({});
  });

  it("are not the only ones that know: the log tells what limits in shadow mode would have refused", () => {
    const admit: Limits["admit"] = (_route, _key, notes) => {
      notes.shadowRefusals = [refusal, { ...refusal, limit: "account" }];
      return null;
    };
    expect(answerOf("OFF", { admit }).log).toBe("200 - - plan,account");
  });
});

describe("a request that is looked at", () => {
  it("has the headers too, and its timeline tells what limits in shadow mode would have refused", async () => {
    const stage = stageConfigSchema.parse({
      stageName: "prod",
      rateLimitHeaders: "SEPARATE",
      requestLog: "ALL",
    });
    const runtime = compileApi(snapshot, stage, { apiId: "api", deploymentId: "d", accountId: "0" });
    for (const isLate of [false, true]) {
      const ports = fakePorts({
        limits: {
          status: () => [plan],
          admit(_route, _key, notes) {
            notes.shadowRefusals = [refusal];
            return isLate ? Promise.resolve(null) : null;
          },
        },
      });
      const exchange = await handleHttp(runtime, REQUEST, ports);
      expect(exchange.headers).toContain("RateLimit-Remaining");
      expect(exchange.observation?.steps.find(({ name }) => name === "limits")?.summary).toBe(
        "in shadow mode, would have refused: plan (10 requests/s, burst 20)",
      );
    }
  });
});

describe("a limit that has to wait", () => {
  it("admits or refuses when its answer is there", async () => {
    const stage = stageConfigSchema.parse({ stageName: "prod" });
    const runtime = compileApi(snapshot, stage, { apiId: "api", deploymentId: "d", accountId: "0" });
    for (const [verdict, status] of [
      [null, 200],
      [refusal, 429],
    ] as const) {
      const ports = fakePorts({ limits: { admit: async () => verdict, status: () => [] } });
      const exchange = await handleHttp(runtime, REQUEST, ports);
      expect(exchange.status).toBe(status);
    }
  });
});
