import { describe, expect, it } from "vitest";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { mergeMethodSettings } from "./merge-method-settings";

type Given = Record<string, object>;
const settings = (given: Given) =>
  stageConfigSchema.parse({ stageName: "s", methodSettings: given }).methodSettings;
const ALL = "*/*";
const GET = "~1pets/GET";
const POST = "~1pets/POST";

const cases: [string, { base: Given; stored: Given; next: Given; merged: Given }][] = [
  [
    "fields of one setting that two people changed",
    {
      base: { [ALL]: {} },
      stored: { [ALL]: { loggingLevel: "INFO" } },
      next: { [ALL]: { throttlingRateLimit: 5 } },
      merged: { [ALL]: { loggingLevel: "INFO", throttlingRateLimit: 5 } },
    },
  ],
  [
    "the later value of a field that both changed",
    {
      base: { [ALL]: { throttlingRateLimit: 1 } },
      stored: { [ALL]: { throttlingRateLimit: 2 } },
      next: { [ALL]: { throttlingRateLimit: 3 } },
      merged: { [ALL]: { throttlingRateLimit: 3 } },
    },
  ],
  [
    "settings of methods that each made",
    {
      base: {},
      stored: { [GET]: { cachingEnabled: true } },
      next: { [POST]: { throttlingRateLimit: 3 } },
      merged: { [GET]: { cachingEnabled: true }, [POST]: { throttlingRateLimit: 3 } },
    },
  ],
  [
    "a setting that both made, with what each did to what it began as",
    {
      base: { [ALL]: { loggingLevel: "INFO" } },
      stored: { [ALL]: { loggingLevel: "INFO" }, [GET]: { loggingLevel: "INFO", cachingEnabled: true } },
      next: { [ALL]: { loggingLevel: "INFO" }, [GET]: { loggingLevel: "INFO", throttlingRateLimit: 3 } },
      merged: {
        [ALL]: { loggingLevel: "INFO" },
        [GET]: { loggingLevel: "INFO", cachingEnabled: true, throttlingRateLimit: 3 },
      },
    },
  ],
  [
    "a new setting that is as for all methods yet, beginning from what those have now",
    {
      base: { [ALL]: {} },
      stored: { [ALL]: { cachingEnabled: true } },
      next: { [ALL]: {}, [GET]: {} },
      merged: { [ALL]: { cachingEnabled: true }, [GET]: { cachingEnabled: true } },
    },
  ],
  [
    "no setting that was taken away",
    {
      base: { [ALL]: {}, [GET]: { throttlingRateLimit: 3 } },
      stored: { [ALL]: { loggingLevel: "INFO" }, [GET]: { throttlingRateLimit: 3, throttlingShadow: false } },
      next: { [ALL]: {} },
      merged: { [ALL]: { loggingLevel: "INFO" } },
    },
  ],
  [
    "of a setting that was taken away what somebody else changed in it",
    {
      base: { [GET]: { throttlingRateLimit: 3 } },
      stored: { [GET]: { throttlingRateLimit: 3, cachingEnabled: true } },
      next: {},
      merged: { [GET]: { cachingEnabled: true } },
    },
  ],
  [
    "a change to a setting that somebody else took away",
    {
      base: { [GET]: { throttlingRateLimit: 3 } },
      stored: {},
      next: { [GET]: { throttlingRateLimit: 3, cachingEnabled: true } },
      merged: { [GET]: { cachingEnabled: true } },
    },
  ],
  [
    "away what both took away, and what the form did not touch",
    {
      base: { [GET]: { throttlingRateLimit: 3 }, [POST]: { throttlingRateLimit: 4 } },
      stored: {},
      next: { [POST]: { throttlingRateLimit: 4, throttlingShadow: false } },
      merged: {},
    },
  ],
  [
    "nothing of what every object inherits",
    {
      base: { constructor: { throttlingRateLimit: 3 } },
      stored: { [ALL]: {} },
      next: {},
      merged: { [ALL]: {} },
    },
  ],
];

describe("merging method settings keeps", () => {
  it.each(cases)("%s", (_, { base, stored, next, merged }) => {
    const given = settings(stored);
    expect(mergeMethodSettings(given, { base: settings(base), next: settings(next) })).toEqual(
      settings(merged),
    );
    expect(given).toEqual(settings(stored));
  });

  it("the new settings whole where nothing was changed meanwhile", () => {
    const base = settings({ [ALL]: {}, [GET]: { throttlingRateLimit: 3 } });
    const next = settings({ [ALL]: { loggingLevel: "INFO" }, [POST]: { throttlingShadow: true } });
    expect(mergeMethodSettings(base, { base, next })[ALL]).toEqual(next[ALL]);
    expect(mergeMethodSettings(base, { base, next: base })).toEqual(base);
  });
});
