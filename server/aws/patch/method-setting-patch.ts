import { badRequest } from "@/server/aws/protocol/aws-error";
import { isTrue } from "./patch-rules";
import type { AwsMethodSetting } from "./stage-state";

type Reader = (value: string | undefined) => Partial<AwsMethodSetting>;

const STRATEGIES = [
  "FAIL_WITH_403",
  "SUCCEED_WITH_RESPONSE_HEADER",
  "SUCCEED_WITHOUT_RESPONSE_HEADER",
] as const;

/** The last two segments of a patch path and the field each sets (API reference, patch operations of Stage). */
const READERS: Readonly<Record<string, Reader>> = {
  "metrics/enabled": (value) => ({ metricsEnabled: isTrue(value) }),
  "logging/dataTrace": (value) => ({ dataTraceEnabled: isTrue(value) }),
  "logging/loglevel": (value) => ({ loggingLevel: wordOf(value, ["OFF", "ERROR", "INFO"], "loglevel") }),
  "throttling/burstLimit": (value) => ({ throttlingBurstLimit: numberOf(value, "burstLimit", true) }),
  "throttling/rateLimit": (value) => ({ throttlingRateLimit: numberOf(value, "rateLimit", false) }),
  "caching/enabled": (value) => ({ cachingEnabled: isTrue(value) }),
  "caching/ttlInSeconds": (value) => ({ cacheTtlInSeconds: ttlOf(value) }),
  "caching/dataEncrypted": (value) => ({ cacheDataEncrypted: isTrue(value) }),
  "caching/requireAuthorizationForCacheControl": (value) => ({
    requireAuthorizationForCacheControl: isTrue(value),
  }),
  "caching/unauthorizedCacheControlHeaderStrategy": (value) => ({
    unauthorizedCacheControlHeaderStrategy: wordOf(
      value,
      STRATEGIES,
      "unauthorizedCacheControlHeaderStrategy",
    ),
  }),
};

export const METHOD_SETTING_SUFFIXES: ReadonlySet<string> = new Set(Object.keys(READERS));

/** The field that `suffix` names with the value of a patch; throws BadRequestException for a value that is none. */
export function readMethodSetting(suffix: string, value: string | undefined): Partial<AwsMethodSetting> {
  return READERS[suffix]?.(value) ?? {};
}

function wordOf<Word extends string>(value: string | undefined, words: readonly Word[], name: string): Word {
  const word = words.find((one) => one === value);
  if (!word) throw badRequest(`Invalid ${name} specified. Valid options are ${words.join(",")}`);
  return word;
}

/** -1 takes a limit away. */
function numberOf(value: string | undefined, name: string, isWhole: boolean): number {
  const number = Number(value);
  const isFine =
    value !== undefined && value !== "" && number >= -1 && (!isWhole || Number.isInteger(number));
  if (!isFine) throw badRequest(`Invalid throttling ${name} specified: ${value ?? null}`);
  return number;
}

function ttlOf(value: string | undefined): number {
  const seconds = Number(value);
  if (!value || !Number.isInteger(seconds) || seconds < 0 || seconds > 3600) {
    throw badRequest("Invalid cache TTL, must be between 0 and 3600");
  }
  return seconds;
}
