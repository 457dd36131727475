import { routeOfSettingKey } from "@/server/domain/stage/method-routes";
import {
  ALL_METHODS,
  changeMethodSetting,
  type MethodSettings,
  newMethodSetting,
} from "@/server/domain/stage/method-settings";
import type { MethodSetting } from "@/server/gateway/snapshot/stage-config";

/** Fields of a method's setting that are about the cache. */
export const CACHE_FIELDS = [
  "cachingEnabled",
  "cacheTtlInSeconds",
  "cacheDataEncrypted",
  "requireAuthorizationForCacheControl",
  "unauthorizedCacheControlHeaderStrategy",
] as const satisfies readonly (keyof MethodSetting)[];

/** Who may have an entry made anew, and what others get: two fields of AWS's that are one choice. */
export type Invalidation = "ANYBODY" | MethodSetting["unauthorizedCacheControlHeaderStrategy"];

export const INVALIDATION: Readonly<Record<Invalidation, string>> = {
  ANYBODY: "Anybody may",
  SUCCEED_WITH_RESPONSE_HEADER: "Permission, else a Warning header",
  SUCCEED_WITHOUT_RESPONSE_HEADER: "Permission, else ignored",
  FAIL_WITH_403: "Permission, else 403",
};

export function invalidationOf(setting: MethodSetting): Invalidation {
  if (!setting.requireAuthorizationForCacheControl) return "ANYBODY";
  return setting.unauthorizedCacheControlHeaderStrategy;
}

export function invalidationFields(choice: Invalidation): Partial<MethodSetting> {
  if (choice === "ANYBODY") return { requireAuthorizationForCacheControl: false };
  return { requireAuthorizationForCacheControl: true, unauthorizedCacheControlHeaderStrategy: choice };
}

/** What holds for a method: its own setting, else what the one for all methods means for its verb. */
export function effectiveSetting(settings: MethodSettings, key: string): MethodSetting {
  return settings[key] ?? newMethodSetting(settings, key);
}

/** Whether a method's answers are kept at all. */
export function isKept({ cachingEnabled, cacheTtlInSeconds }: MethodSetting): boolean {
  return cachingEnabled && cacheTtlInSeconds > 0;
}

export const isTtl = (seconds: number) => Number.isInteger(seconds) && seconds >= 0 && seconds <= 3600;

/** Shown at a time that is refused. */
export const TTL_RULE = "whole seconds, 0 to 3600";

/** Why settings cannot be saved, and whose one it is. */
export function ttlProblem(settings: MethodSettings): string | undefined {
  const key = Object.keys(settings).find((one) => !isTtl(settings[one]?.cacheTtlInSeconds ?? 0));
  if (key === undefined) return undefined;
  const { path, httpMethod } = routeOfSettingKey(key);
  const rule = "nswers are kept for 0 to 3600 seconds, whole ones";
  return key === ALL_METHODS ? `A${rule}` : `${httpMethod} ${path}: a${rule}`;
}

/** Settings of a cache that is switched on: as on AWS's console it keeps answers to GETs, unless they say already. */
export function settingsOfNewCache(settings: MethodSettings): MethodSettings {
  if (Object.values(settings).some(({ cachingEnabled }) => cachingEnabled)) return settings;
  return changeMethodSetting(settings, ALL_METHODS, { cachingEnabled: true });
}

/** Whose setting holds for a method, and for which of its verbs. */
export function settingWords(settings: MethodSettings, key: string, httpMethod: string): string {
  const setting = effectiveSetting(settings, key);
  const whose = Object.hasOwn(settings, key) ? "own settings" : "from the stage";
  if (!isKept(setting)) return Object.hasOwn(settings, key) ? whose : "off";
  return httpMethod === "ANY" ? `${whose}, GET only` : whose;
}
