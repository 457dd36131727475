import { describe, expect, it } from "vitest";
import { buildApi } from "@/server/testing/api-builder";
import { fakePorts } from "@/server/testing/fake-ports";
import { bodyOf, type HttpRequest } from "../http-message";
import { handleHttp } from "../pipelines/http";
import type { ExchangeRecord } from "../ports";
import { canarySettingsSchema } from "../snapshot/canary-settings";
import { stageConfigSchema } from "../snapshot/stage-config";
import { recordExchange } from "../steps/record-exchange";
import { chooseVariant, stickyFraction } from "./choose-variant";
import { compileStage } from "./compile-stage";

const answering = (template: string) =>
  buildApi({
    "GET /": {
      methodIntegration: {
        type: "MOCK",
        requestTemplates: { "application/json": '{"statusCode": 200}' },
        integrationResponses: { 200: { responseTemplates: { "application/json": template } } },
      },
    },
  });
const SEEN =
  "$stageVariables.host|$stageVariables.own|$stageVariables.extra|$context.isCanaryRequest|$context.deploymentId";
const snapshots = { production: answering(`old|${SEEN}`), canary: answering(`new|${SEEN}`) };
const identity = { apiId: "api", deploymentId: "d1", accountId: "0" };

function stageWith(canary: object | null, accessLogFormat: string | null = null) {
  const stage = stageConfigSchema.parse({
    stageName: "prod",
    variables: { host: "one", own: "kept" },
    accessLogFormat,
    canary: canary && { deploymentId: "d2", ...canary },
  });
  return compileStage({ ...snapshots, canary: canary && snapshots.canary }, stage, identity);
}

function request(headers: string[] = []): HttpRequest {
  return {
    method: "GET",
    path: "/",
    fullPath: "/prod/",
    requestLine: { method: "GET", path: "/prod/" },
    rawQuery: "",
    headers,
    body: bodyOf(new Uint8Array()),
    forwarded: null,
    cancel: null,
    sourceIp: "127.0.0.1",
    domainName: "api.execute-api.localhost",
    protocol: "HTTP/1.1",
  };
}

const withFraction = (fraction: number) => {
  const { ids } = fakePorts();
  return { ...ids, fraction: () => fraction };
};

async function bodyFrom(stage: ReturnType<typeof stageWith>, fraction: number): Promise<unknown> {
  const ports = fakePorts({ ids: withFraction(fraction) });
  const runtime = chooseVariant(stage, request(), ports.ids);
  return (await handleHttp(runtime, request(), ports)).body;
}

describe("a stage with a canary", () => {
  it("sends the share of requests that fall below it to the canary, and no other", async () => {
    const stage = stageWith({ percentTraffic: 12.5 });
    expect(await bodyFrom(stage, 0.1249)).toMatch(/^new/);
    expect(await bodyFrom(stage, 0.125)).toMatch(/^old/);
  });

  it("sends nothing at 0 and everything at 100", async () => {
    expect(await bodyFrom(stageWith({ percentTraffic: 0 }), 0)).toMatch(/^old/);
    expect(await bodyFrom(stageWith({ percentTraffic: 100 }), 0.999999)).toMatch(/^new/);
  });

  it("lays the overrides over the stage's variables for the canary alone, new ones included", async () => {
    const stage = stageWith({ percentTraffic: 50, stageVariableOverrides: { host: "two", extra: "more" } });
    expect(await bodyFrom(stage, 0.4)).toBe("new|two|kept|more|true|d2");
    expect(await bodyFrom(stage, 0.6)).toBe("old|one|kept||false|d1");
  });

  it("has no isCanaryRequest without a canary", async () => {
    expect(await bodyFrom(stageWith(null), 0)).toBe("old|one|kept|||d1");
    const names = answering("$context.keySet()");
    const serve = async (canary: object | null) => {
      const stage = stageConfigSchema.parse({ stageName: "prod", canary });
      const ports = fakePorts();
      const compiled = compileStage({ production: names, canary: canary && names }, stage, identity);
      return (await handleHttp(chooseVariant(compiled, request(), ports.ids), request(), ports)).body;
    };
    expect(await serve(null)).not.toContain("isCanaryRequest");
    expect(await serve({ deploymentId: "d2" })).toContain("isCanaryRequest");
  });

  it("tells metrics and the access log which of the two it was; canary lines are written to both logs", async () => {
    const records: ExchangeRecord[] = [];
    const lines: string[] = [];
    const serve = async (fraction: number) => {
      const ports = fakePorts({
        ids: withFraction(fraction),
        metrics: { record: (record) => records.push(record) },
        accessLog: { write: (_, stage, line) => lines.push(`${stage}: ${line}`) },
      });
      const runtime = chooseVariant(stage, request(), ports.ids);
      recordExchange(await handleHttp(runtime, request(), ports), ports, 0);
    };
    const stage = stageWith({ percentTraffic: 50 }, "$context.isCanaryRequest");
    await serve(0.9);
    await serve(0.1);
    expect(records.map(({ isCanary, deploymentId }) => [isCanary, deploymentId])).toEqual([
      [false, "d1"],
      [true, "d2"],
    ]);
    expect(lines).toEqual(["prod: false", "prod: true", "prod/Canary: true"]);
  });
});

describe("a sticky canary", () => {
  const sideOf = (stage: ReturnType<typeof stageWith>, headers: string[], fraction = 0.999) =>
    chooseVariant(stage, request(headers), withFraction(fraction)).isCanary;

  it.each([
    [{ by: "header", name: "X-Customer" }, (who: string) => ["x-customer", who]],
    [{ by: "cookie", name: "session" }, (who: string) => ["Cookie", `a=b; session=${who}`]],
    [{ by: "api-key" }, (who: string) => ["X-API-Key", who]],
  ])(
    "keeps who %j tells on one side, whatever the dice say, and on the canary while its share grows",
    (sticky, headersOf) => {
      const [small, large] = [10, 60].map((percentTraffic) => stageWith({ percentTraffic, sticky }));
      let first = 0;
      let second = 0;
      for (let i = 0; i < 2_000; i++) {
        const headers = headersOf(`customer-${i}`);
        const side = sideOf(small as never, headers);
        expect(sideOf(small as never, headers, 0)).toBe(side);
        const later = sideOf(large as never, headers);
        if (side) expect(later).toBe(true);
        first += side ? 1 : 0;
        second += later ? 1 : 0;
      }
      expect(first / 20).toBeGreaterThan(8);
      expect(first / 20).toBeLessThan(12);
      expect(second / 20).toBeGreaterThan(57);
      expect(second / 20).toBeLessThan(63);
    },
  );

  it.each([
    [{ by: "header", name: "X-Customer" }, ["Other", "1"]],
    [{ by: "header", name: "X-Customer" }, ["x-customer", ""]],
    [{ by: "cookie", name: "session" }, ["Cookie", "sessions=1; session; session="]],
    [{ by: "cookie", name: "session" }, []],
    [{ by: "api-key" }, []],
  ])("throws the dice for who has nothing of %j", (sticky, headers) => {
    const stage = stageWith({ percentTraffic: 50, sticky });
    expect(sideOf(stage, headers, 0.1)).toBe(true);
    expect(sideOf(stage, headers, 0.9)).toBe(false);
  });

  it("chooses other people for another canary", () => {
    const people = Array.from({ length: 500 }, (_, i) => `p${i}`);
    const chosen = (salt: string) => people.filter((who) => stickyFraction(who, salt) < 0.1);
    const both = chosen("d2").filter((who) => chosen("d3").includes(who));
    expect(both.length).toBeLessThan(20);
  });
});

describe("canary settings", () => {
  it.each([
    { percentTraffic: -0.1 },
    { percentTraffic: 100.1 },
    { deploymentId: "" },
    { stageVariableOverrides: { "no-name": "x" } },
    { stageVariableOverrides: { name: "no spaces" } },
    { sticky: { by: "header", name: "no name" } },
    { sticky: { by: "weather" } },
  ])("refuse %j", (given) => {
    expect(canarySettingsSchema.safeParse({ deploymentId: "d", ...given }).success).toBe(false);
  });
});
