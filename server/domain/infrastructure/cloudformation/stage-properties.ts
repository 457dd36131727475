import type { Deployable } from "@/server/domain/infrastructure/deployable";
import { cacheSizeOf, type MethodSetting } from "@/server/gateway/snapshot/stage-config";
import { ref } from "./intrinsic";
import { API, said } from "./logical-ids";

export function stageProperties(stage: Deployable["stage"], deployment: string): Record<string, unknown> {
  return said({
    RestApiId: ref(API),
    DeploymentId: ref(deployment),
    StageName: stage.stageName,
    Variables: stage.variables,
    CacheClusterEnabled: stage.cacheClusterEnabled || undefined,
    CacheClusterSize: cacheSizeOf(stage) ?? undefined,
    TracingEnabled: stage.tracingEnabled || undefined,
    MethodSettings: Object.entries(stage.methodSettings ?? {}).map(([key, setting]) =>
      methodSetting(key, setting),
    ),
  });
}

/** The key is two stars or the path with `/` written `~1`, a slash and the verb. */
function methodSetting(key: string, setting: MethodSetting): Record<string, unknown> {
  const cut = key.lastIndexOf("/");
  const path = key.slice(0, cut);
  return said({
    ResourcePath: path === "~1" ? "/" : `/${path}`,
    HttpMethod: key.slice(cut + 1),
    MetricsEnabled: setting.metricsEnabled,
    LoggingLevel: setting.loggingLevel,
    DataTraceEnabled: setting.dataTraceEnabled,
    ThrottlingBurstLimit: setting.throttlingBurstLimit < 0 ? undefined : setting.throttlingBurstLimit,
    ThrottlingRateLimit: setting.throttlingRateLimit < 0 ? undefined : setting.throttlingRateLimit,
    CachingEnabled: setting.cachingEnabled,
    CacheTtlInSeconds: setting.cacheTtlInSeconds,
    CacheDataEncrypted: setting.cacheDataEncrypted,
  });
}
