import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import { pathParameterNames } from "@/server/domain/path-parameters";
import { type MethodSettings, newMethodSetting } from "@/server/domain/stage/method-settings";
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

/** Why settings cannot be saved. */
export function ttlProblem(settings: MethodSettings): string | undefined {
  const isWrong = Object.values(settings).some(({ cacheTtlInSeconds }) => !isTtl(cacheTtlInSeconds));
  return isWrong ? "Answers are kept for 0 to 3600 seconds, whole ones" : undefined;
}

/** Parameters of a method's path that its cache key lacks, by settings key: all their values get one answer. */
export function keysWithoutPath(definition: ApiDefinition): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const resource of Object.values(definition.resources)) {
    const path = resourcePath(definition, resource.id) ?? "/";
    for (const method of Object.values(resource.resourceMethods)) {
      const key = method.methodIntegration?.cacheKeyParameters ?? [];
      const missing = pathParameterNames(definition, resource.id).filter(
        (name) => !key.some((part) => coversPath(part, name, method)),
      );
      if (missing.length > 0) found.set(`${path.replaceAll("/", "~1")}/${method.httpMethod}`, missing);
    }
  }
  return found;
}

type Mapped = { methodIntegration: { requestParameters: Readonly<Record<string, string>> } | null };

function coversPath(part: string, name: string, { methodIntegration }: Mapped): boolean {
  const source = `method.request.path.${name}`;
  return part === source || methodIntegration?.requestParameters[part] === source;
}

/** Whose setting holds for a method, and for which of its verbs. */
export function settingWords(settings: MethodSettings, key: string, httpMethod: string): string {
  const setting = effectiveSetting(settings, key);
  const whose = Object.hasOwn(settings, key) ? "own settings" : "from the stage";
  if (!isKept(setting)) return Object.hasOwn(settings, key) ? whose : "off";
  return httpMethod === "ANY" ? `${whose}, GET only` : whose;
}
