import { describe, expect, it } from "vitest";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { changeMethodSetting, newMethodSetting, resetMethodSetting } from "./method-settings";

const settings = (given: object) =>
  stageConfigSchema.parse({ stageName: "s", methodSettings: given }).methodSettings;
const GET = "~1pets/GET";
const POST = "~1pets/POST";
const all = { "*/*": { cachingEnabled: true, loggingLevel: "INFO", throttlingRateLimit: 5 } };

describe("a method's own setting", () => {
  it("begins as a copy of the one for all methods, but for caching of verbs that does not cache", () => {
    expect(newMethodSetting(settings(all), GET)).toMatchObject({
      cachingEnabled: true,
      loggingLevel: "INFO",
      throttlingRateLimit: 5,
    });
    expect(newMethodSetting(settings(all), POST)).toMatchObject({
      cachingEnabled: false,
      loggingLevel: "INFO",
    });
    expect(newMethodSetting({}, GET)).toMatchObject({ cachingEnabled: false, cacheTtlInSeconds: 300 });
    expect(newMethodSetting(settings(all), "*/*").cachingEnabled).toBe(true);
  });

  it("is made by its first change and keeps what later ones do not name", () => {
    const once = changeMethodSetting(settings(all), GET, { cacheTtlInSeconds: 10 });
    const twice = changeMethodSetting(once, GET, { cacheDataEncrypted: true });
    expect(twice[GET]).toMatchObject({
      cacheTtlInSeconds: 10,
      cacheDataEncrypted: true,
      loggingLevel: "INFO",
    });
  });

  it("goes when nothing in it is its own any more, and stays while something is", () => {
    const once = changeMethodSetting(settings(all), GET, { cacheTtlInSeconds: 10 });
    expect(resetMethodSetting(once, GET, ["cacheTtlInSeconds"])).toEqual(settings(all));
    const limited = changeMethodSetting(once, GET, { throttlingRateLimit: 1 });
    const kept = resetMethodSetting(limited, GET, ["cacheTtlInSeconds"]);
    expect(kept[GET]).toMatchObject({ cacheTtlInSeconds: 300, throttlingRateLimit: 1 });
    expect(resetMethodSetting(kept, GET, ["cacheTtlInSeconds"])).toBe(kept);
    expect(resetMethodSetting(once, POST, ["cacheTtlInSeconds"])).toBe(once);
    const told = changeMethodSetting(once, GET, { throttlingShadow: false });
    expect(resetMethodSetting(told, GET, ["cacheTtlInSeconds"])).toEqual(settings(all));
  });

  it.each([Number.NaN, 7200, 1.5])("is copied and reset while a TTL of %s is being typed", (ttl) => {
    const typed = changeMethodSetting(settings(all), "*/*", { cacheTtlInSeconds: ttl });
    expect(newMethodSetting(typed, GET)).toMatchObject({ cacheTtlInSeconds: ttl, loggingLevel: "INFO" });
    const once = changeMethodSetting(typed, GET, { cacheTtlInSeconds: 10 });
    expect(resetMethodSetting(once, GET, ["cacheTtlInSeconds"])).toEqual(typed);
    const limited = changeMethodSetting(typed, GET, { throttlingRateLimit: 1 });
    expect(resetMethodSetting(limited, GET, ["cacheTtlInSeconds"])).toBe(limited);
  });
});
