import { z } from "zod";

/** Who gets the canary again and again: the value of a header, a cookie or `x-api-key`, hashed. */
export const stickyRuleSchema = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("header"),
    name: z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,128}$/, "That is no name of a header"),
  }),
  z.strictObject({
    by: z.literal("cookie"),
    name: z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,128}$/, "That is no name of a cookie"),
  }),
  z.strictObject({ by: z.literal("api-key") }),
]);
export type StickyRule = z.infer<typeof stickyRuleSchema>;

export const stageVariablesSchema = z.record(
  z.string().regex(/^\w+$/, "A stage variable's name has letters, digits and _"),
  z
    .string()
    .regex(
      /^[A-Za-z0-9\-._~:/?#&=,]*$/,
      "A stage variable's value may have A-Z a-z 0-9 - . _ ~ : / ? # & = ,",
    ),
);

/** AWS's CanarySettings (API reference), and beyond AWS `sticky`. */
export const canarySettingsSchema = z.strictObject({
  /** The share of requests that go to the canary, 0.0 to 100.0. */
  percentTraffic: z
    .number()
    .min(0, "The share of traffic is 0 to 100 %")
    .max(100, "The share of traffic is 0 to 100 %")
    .default(0),
  deploymentId: z.string().min(1),
  /** Laid over the stage's variables for canary requests; may add new ones. Absent and empty differ in AWS's answers. */
  stageVariableOverrides: stageVariablesSchema.optional(),
  useStageCache: z.boolean().default(false),
  /** Null: every request is a throw of the dice, as at AWS. */
  sticky: stickyRuleSchema.nullable().default(null),
});
export type CanarySettings = z.infer<typeof canarySettingsSchema>;
