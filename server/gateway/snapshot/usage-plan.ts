import { z } from "zod";

/** Token bucket: `rateLimit` in requests per second, `burstLimit` in requests. */
export const throttleSchema = z.strictObject({
  rateLimit: z.number().min(0),
  burstLimit: z.number().int().min(0),
  /** True: refuses nothing, and tells what it would have refused. */
  shadow: z.boolean().optional(),
});
export type Throttle = z.infer<typeof throttleSchema>;

/** `offset` requests are taken off the first period's limit (AWS). */
export const quotaSchema = z.strictObject({
  limit: z.number().int().min(1),
  offset: z.number().int().min(0).default(0),
  period: z.enum(["DAY", "WEEK", "MONTH"]),
  /**
   * Strict: no request without a reservation, so never one too many, whatever stops. Fast: each gateway counts and
   * tells the others once a second, so it never waits, and several may together admit some too many.
   */
  mode: z.enum(["strict", "fast"]).optional(),
  /** As of a throttle. */
  shadow: z.boolean().optional(),
});
export type Quota = z.infer<typeof quotaSchema>;

/** What the data plane knows of a usage plan. */
export const usagePlanSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  throttle: throttleSchema.nullable(),
  quota: quotaSchema.nullable(),
  apiStages: z.array(
    z.strictObject({
      apiId: z.string(),
      stage: z.string(),
      /** `/pets/GET` (root: `//GET`) → its own limits. */
      throttle: z.record(z.string(), throttleSchema).default({}),
    }),
  ),
});
export type UsagePlan = z.infer<typeof usagePlanSchema>;
