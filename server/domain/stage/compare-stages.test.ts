import { describe, expect, it } from "vitest";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { compareSettings, copySettings } from "./compare-settings";
import { compareVariables } from "./compare-variables";

const stage = (given: object) => stageConfigSchema.parse({ stageName: "s", ...given });

describe("variables of two stages", () => {
  it("are told apart as missing, different, only there and the same, in this order", () => {
    const source = { b: "1", a: "1", changed: "new", same: "x" };
    const target = { changed: "old", own: "y", same: "x" };
    expect(compareVariables(source, target)).toEqual([
      { name: "a", source: "1", target: null, state: "missing" },
      { name: "b", source: "1", target: null, state: "missing" },
      { name: "changed", source: "new", target: "old", state: "different" },
      { name: "own", source: null, target: "y", state: "only-target" },
      { name: "same", source: "x", target: "x", state: "same" },
    ]);
  });

  it("are those a stage has itself, whatever they are called", () => {
    expect(compareVariables({}, { constructor: "x" })).toMatchObject([{ source: null, target: "x" }]);
  });
});

describe("settings of two stages", () => {
  const source = stage({
    variables: { a: "1" },
    accessLogFormat: "$context.requestId",
    tracingEnabled: true,
    cacheClusterEnabled: true,
    cacheClusterSize: "0.5",
    canary: { percentTraffic: 1, deploymentId: "d" },
    methodSettings: {
      "*/*": { throttlingRateLimit: 10, throttlingBurstLimit: 20, cachingEnabled: true },
      "~1pets~1{id}/GET": { loggingLevel: "INFO" },
    },
  });
  const target = stage({
    requestLog: "ALL",
    methodSettings: { "*/*": { throttlingRateLimit: 10, throttlingBurstLimit: -1 }, "~1old/PUT": {} },
  });

  it("are compared in words, without variables and canary", () => {
    const found = compareSettings(source, target);
    expect(found.map(({ id, label, source: a, target: b }) => [id, label, a, b])).toEqual([
      ["accessLogFormat", "Access log", "$context.requestId", "not set"],
      ["cacheClusterEnabled", "Cache", "on", "off"],
      ["requestLog", "Request log", "OFF", "ALL"],
      ["tracingEnabled", "Tracing", "on", "off"],
      ["methodSettings */*", "Every method", "burst 20, cache on", "burst none, cache off"],
      ["methodSettings ~1old/PUT", "PUT /old", "none of its own", expect.stringContaining("rate none")],
      [
        "methodSettings ~1pets~1{id}/GET",
        "GET /pets/{id}",
        expect.stringContaining("execution log INFO"),
        "none of its own",
      ],
    ]);
    expect(compareSettings(source, source)).toEqual([]);
  });

  it("are copied one by one: all of them make the stages equal, none changes nothing", () => {
    const ids = compareSettings(source, target).map(({ id }) => id);
    const copied = { ...target, ...copySettings({ source, target }, ids) };
    expect(compareSettings(source, copied)).toEqual([]);
    expect(copied).toMatchObject({ variables: {}, canary: null });
    expect(copySettings({ source, target }, [])).toEqual({});
    expect(copySettings({ source, target }, ["stageName", "canary", "methodSettings"])).toEqual({});
    const one = copySettings({ source, target }, ["methodSettings */*"]);
    expect(Object.keys(one.methodSettings ?? {})).toEqual(["*/*", "~1old/PUT"]);
  });

  it("are the same where one says what the other leaves to the default", () => {
    const said = stage({ requestLog: "OFF", rateLimitHeaders: "OFF", requestLogPercent: 10 });
    expect(compareSettings(said, stage({}))).toEqual([]);
  });

  it("shows what a later version added as it is", () => {
    const odd = { ...source, later: { a: 1 } };
    expect(compareSettings(odd, source)).toEqual([
      { id: "later", label: "later", source: '{"a":1}', target: "not set" },
    ]);
  });
});
