import { describe, expect, it } from "vitest";
import { emptyDefinition } from "@/server/domain/definition";
import { methodSchema } from "@/server/gateway/snapshot/method";
import { methodSettingSchema, stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import {
  effectiveSetting,
  INVALIDATION,
  type Invalidation,
  invalidationFields,
  invalidationOf,
  isKept,
  keysWithoutPath,
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

  it("warn of path parameters that the key lacks, mapped ones counted as there", () => {
    const definition = emptyDefinition({ name: "Pets", rootId: "root" });
    const method = (cacheKeyParameters: string[], requestParameters = {}) => ({
      GET: methodSchema.parse({
        httpMethod: "GET",
        methodIntegration: { type: "MOCK", cacheKeyParameters, requestParameters },
      }),
    });
    const add = (id: string, resourceMethods: object) =>
      Object.assign(definition.resources, {
        [id]: { id, parentId: "root", pathPart: `{${id}}`, resourceMethods },
      });
    add("lacks", method([]));
    add("has", method(["method.request.path.has"]));
    const mapped = "integration.request.path.x";
    add("maps", method([mapped], { [mapped]: "method.request.path.maps" }));
    expect([...keysWithoutPath(definition)]).toEqual([["~1{lacks}/GET", ["lacks"]]]);
  });
});
