import { z } from "zod";
import { canarySettingsSchema, stageVariablesSchema } from "./canary-settings";

/** AWS's MethodSetting; -1 for a throttle means "none of its own". */
export const methodSettingSchema = z.strictObject({
  metricsEnabled: z.boolean().default(false),
  loggingLevel: z.enum(["OFF", "ERROR", "INFO"]).default("OFF"),
  dataTraceEnabled: z.boolean().default(false),
  /** Requests in a burst. */
  throttlingBurstLimit: z.number().int().min(-1).default(-1),
  /** Requests per second. */
  throttlingRateLimit: z.number().min(-1).default(-1),
  /** True: the throttle refuses nothing, and tells what it would have refused. */
  throttlingShadow: z.boolean().optional(),
  cachingEnabled: z.boolean().default(false),
  cacheTtlInSeconds: z.number().int().min(0).max(3600).default(300),
  cacheDataEncrypted: z.boolean().default(false),
  requireAuthorizationForCacheControl: z.boolean().default(true),
  unauthorizedCacheControlHeaderStrategy: z
    .enum(["FAIL_WITH_403", "SUCCEED_WITH_RESPONSE_HEADER", "SUCCEED_WITHOUT_RESPONSE_HEADER"])
    .default("SUCCEED_WITH_RESPONSE_HEADER"),
});
export type MethodSetting = z.infer<typeof methodSettingSchema>;

/** Verbs of methods that star/star turns caching on for (developer guide, API caching); of ANY it means GET. */
export function isCachedByDefault(httpMethod: string): boolean {
  return httpMethod === "GET" || httpMethod === "ANY";
}

/** GB, as AWS offers them (API reference, CacheClusterSize). */
export const CACHE_CLUSTER_SIZES = ["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"] as const;
export const DEFAULT_CACHE_CLUSTER_SIZE = "0.5";

/** A stage's settings as the data plane needs them; the deployment is referred to beside it. */
export const stageConfigSchema = z.strictObject({
  stageName: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,128}$/, "A stage name has letters, digits, _ and - (at most 128)"),
  variables: stageVariablesSchema.default({}),
  /** Keys are wildcard (star/star) or `~1pets~1{petId}/GET` (the path with `/` written `~1`), as AWS has them. */
  methodSettings: z.record(z.string(), methodSettingSchema).default({}),
  /** Access log format of `$context` variables; null writes none. */
  accessLogFormat: z.string().nullable().default(null),
  /** The request log people look at; absent is OFF. SAMPLED keeps `requestLogPercent` of the requests, 10 if absent. */
  requestLog: z.enum(["OFF", "SAMPLED", "ALL"]).optional(),
  requestLogPercent: z.number().min(0.01).max(100).optional(),
  tracingEnabled: z.boolean().default(false),
  /** The stage keeps answers of those methods whose settings say so; absent is false. */
  cacheClusterEnabled: z.boolean().optional(),
  /** GB; a node keeps less if its own bound is lower. Absent is 0.5. */
  cacheClusterSize: z
    .enum(CACHE_CLUSTER_SIZES, `A cache has ${CACHE_CLUSTER_SIZES.join(", ")} GB`)
    .optional(),
  /** The certificate of this workspace that HTTP back ends are shown over TLS; null or absent is none. */
  clientCertificateId: z.string().min(1).max(64).nullable().optional(),
  /**
   * What clients are told of their limits. STANDARD: `RateLimit` and `RateLimit-Policy` (IETF's draft 10), SEPARATE:
   * `RateLimit-Limit`, `-Remaining`, `-Reset` (up to draft 6, widely read); both with `Retry-After` on a 429. OFF is AWS.
   */
  rateLimitHeaders: z.enum(["OFF", "STANDARD", "SEPARATE"]).optional(),
  /** Null: every request goes to the stage's deployment. */
  canary: canarySettingsSchema.nullable().default(null),
});
export type StageConfig = z.infer<typeof stageConfigSchema>;

/** How many GB a stage's cache has; null where it has none. */
export function cacheSizeOf(
  stage: Pick<Partial<StageConfig>, "cacheClusterEnabled" | "cacheClusterSize">,
): string | null {
  if (!stage.cacheClusterEnabled) return null;
  return stage.cacheClusterSize ?? DEFAULT_CACHE_CLUSTER_SIZE;
}
