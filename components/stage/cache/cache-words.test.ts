import { describe, expect, it } from "vitest";
import { methodSettingSchema, stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import {
  effectiveSetting,
  INVALIDATION,
  type Invalidation,
  invalidationFields,
  invalidationOf,
  isKept,
  settingsOfNewCache,
  settingWords,
  ttlProblem,
} from "./cache-words";

const settings = (given: object) =>
  stageConfigSchema.parse({ stageName: "s", methodSettings: given }).methodSettings;

describe("words about a stage's cache", () => {
  it("turn AWS's two fields of invalidation into one choice and back", () => {
    for (const choice of Object.keys(INVALIDATION) as Invalidation[]) {
      const setting = methodSettingSchema.parse(invalidationFields(choice));
      expect(invalidationOf(setting)).toBe(choice);
    }
  });

  it("say of each method whether it is cached, and by whose setting", () => {
    const all = settings({ "*/*": { cachingEnabled: true }, "~1off/GET": {} });
    const kept = (key: string) => isKept(effectiveSetting(all, key));
    expect([kept("~1a/GET"), kept("~1a/ANY"), kept("~1a/POST"), kept("~1off/GET")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isKept(methodSettingSchema.parse({ cachingEnabled: true, cacheTtlInSeconds: 0 }))).toBe(false);
    expect(settingWords(all, "~1a/GET", "GET")).toBe("from the stage");
    expect(settingWords(all, "~1a/ANY", "ANY")).toBe("from the stage, GET only");
    expect(settingWords(all, "~1a/POST", "POST")).toBe("off");
    expect(settingWords(all, "~1off/GET", "GET")).toBe("own settings");
  });

  it("refuse times that AWS refuses", () => {
    const withTtl = (cacheTtlInSeconds: number) => ({
      "*/*": { ...methodSettingSchema.parse({}), cacheTtlInSeconds },
    });
    expect([0, 300, 3600].map((ttl) => ttlProblem(withTtl(ttl)))).toEqual([undefined, undefined, undefined]);
    expect([-1, 1.5, 3601, Number.NaN].map((ttl) => typeof ttlProblem(withTtl(ttl)))).toEqual(
      Array(4).fill("string"),
    );
  });

  it("name the method whose time is refused", () => {
    const given = (key: string) => ({ [key]: { ...methodSettingSchema.parse({}), cacheTtlInSeconds: 7200 } });
    expect(ttlProblem(given("*/*"))).toBe("Answers are kept for 0 to 3600 seconds, whole ones");
    expect(ttlProblem({ ...settings({ "*/*": {} }), ...given("~1pets~1{petId}/GET") })).toBe(
      "GET /pets/{petId}: answers are kept for 0 to 3600 seconds, whole ones",
    );
  });

  it("hold of methods without settings of their own while the stage's time is being typed", () => {
    const typed = {
      "*/*": { ...methodSettingSchema.parse({ cachingEnabled: true }), cacheTtlInSeconds: 7200 },
    };
    expect(settingWords(typed, "~1a/GET", "GET")).toBe("from the stage");
    const emptied = { "*/*": { ...typed["*/*"], cacheTtlInSeconds: Number.NaN } };
    expect(settingWords(emptied, "~1a/GET", "GET")).toBe("off");
  });
});

describe("a cache that is switched on", () => {
  it("keeps answers to GETs, unless settings say already what it keeps", () => {
    expect(settingsOfNewCache({})["*/*"]).toMatchObject({ cachingEnabled: true, cacheTtlInSeconds: 300 });
    const limited = settings({ "*/*": { throttlingRateLimit: 5 } });
    expect(settingsOfNewCache(limited)["*/*"]).toMatchObject({
      cachingEnabled: true,
      throttlingRateLimit: 5,
    });
    for (const said of [{ "*/*": { cachingEnabled: true } }, { "~1a/GET": { cachingEnabled: true } }]) {
      const given = settings(said);
      expect(settingsOfNewCache(given)).toBe(given);
    }
  });
});
