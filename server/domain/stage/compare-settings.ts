import { isSame } from "@/server/domain/diff/diff-entry";
import { DEFAULT_CACHE_CLUSTER_SIZE, type StageConfig } from "@/server/gateway/snapshot/stage-config";

/** A setting that two stages have differently, in the words of the stage's screen. */
export type SettingDifference = {
  /** What is copied together: a field of StageConfig, `methodSettings` with the method's key behind it. */
  readonly id: string;
  readonly label: string;
  readonly source: string;
  readonly target: string;
};

const NOT_SETTINGS: readonly string[] = ["stageName", "variables", "canary"];
/** What a setting is that a stage says nothing of, where that is not null. */
const ABSENT: Readonly<Record<string, unknown>> = {
  requestLog: "OFF",
  requestLogPercent: 10,
  rateLimitHeaders: "OFF",
  cacheClusterEnabled: false,
  cacheClusterSize: DEFAULT_CACHE_CLUSTER_SIZE,
  throttlingShadow: false,
};
const LABELS: Readonly<Record<string, string>> = {
  accessLogFormat: "Access log",
  requestLog: "Request log",
  requestLogPercent: "Share of logged requests",
  tracingEnabled: "Tracing",
  rateLimitHeaders: "Headers about limits",
  cacheClusterEnabled: "Cache",
  cacheClusterSize: "Size of the cache in GB",
  clientCertificateId: "Client certificate for back ends",
};
const METHOD_LABELS: Readonly<Record<string, string>> = {
  metricsEnabled: "detailed metrics",
  loggingLevel: "execution log",
  dataTraceEnabled: "data trace",
  throttlingBurstLimit: "burst",
  throttlingRateLimit: "rate",
  throttlingShadow: "throttle in shadow mode",
  cachingEnabled: "cache",
  cacheTtlInSeconds: "cache TTL in seconds",
  cacheDataEncrypted: "cache encrypted",
  requireAuthorizationForCacheControl: "invalidation needs permission",
  unauthorizedCacheControlHeaderStrategy: "invalidation without permission",
};

/** Every setting but variables and canary in which two stages differ: the stage's own, then each method's. */
export function compareSettings(source: StageConfig, target: StageConfig): SettingDifference[] {
  const names = [...new Set([...Object.keys(source), ...Object.keys(target)])]
    .filter((name) => !NOT_SETTINGS.includes(name) && name !== "methodSettings")
    .sort();
  const own = names.flatMap((name) => {
    const [before, after] = [fieldOf(source, name), fieldOf(target, name)];
    if (isSame(before, after)) return [];
    return [{ id: name, label: LABELS[name] ?? name, source: wordsOf(before), target: wordsOf(after) }];
  });
  const keys = new Set([...Object.keys(source.methodSettings), ...Object.keys(target.methodSettings)]);
  return [...own, ...[...keys].sort().flatMap((key) => compareMethod(key, source, target))];
}

/** The target's settings with the chosen ones (ids of SettingDifference) taken from the source. */
export function copySettings(
  { source, target }: { source: StageConfig; target: StageConfig },
  ids: readonly string[],
): Partial<StageConfig> {
  const changes: Record<string, unknown> = {};
  const methods = { ...target.methodSettings };
  for (const id of ids) {
    const key = methodKeyOf(id);
    if (key === null) {
      if (!NOT_SETTINGS.includes(id) && id !== "methodSettings") changes[id] = fieldOf(source, id);
    } else if (Object.hasOwn(source.methodSettings, key)) {
      methods[key] = source.methodSettings[key] as StageConfig["methodSettings"][string];
    } else delete methods[key];
  }
  if (!isSame(methods, target.methodSettings)) changes.methodSettings = methods;
  return changes as Partial<StageConfig>;
}

function compareMethod(key: string, source: StageConfig, target: StageConfig): SettingDifference[] {
  const [before, after] = [source.methodSettings[key], target.methodSettings[key]];
  if (isSame(before ?? null, after ?? null)) return [];
  const names = Object.keys({ ...before, ...after }).filter(
    (name) => !before || !after || !isSame(fieldOf(before, name), fieldOf(after, name)),
  );
  const side = (settings: object | undefined) =>
    settings ? names.map((name) => methodWords(name, fieldOf(settings, name))).join(", ") : "none of its own";
  return [{ id: `methodSettings ${key}`, label: methodName(key), source: side(before), target: side(after) }];
}

const methodKeyOf = (id: string) => /^methodSettings (.+)$/.exec(id)?.[1] ?? null;

/** `~1pets~1{id}/GET` → `GET /pets/{id}`. */
function methodName(key: string): string {
  if (key === "*/*") return "Every method";
  const at = key.lastIndexOf("/");
  return `${key.slice(at + 1)} ${key.slice(0, at).replaceAll("~1", "/")}`;
}

function methodWords(name: string, value: unknown): string {
  const isNone = value === -1;
  return `${METHOD_LABELS[name] ?? name} ${isNone ? "none" : wordsOf(value)}`;
}

function wordsOf(value: unknown): string {
  if (value === null) return "not set";
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}

const fieldOf = (value: object, name: string): unknown =>
  (value as Record<string, unknown>)[name] ?? ABSENT[name] ?? null;
