import { z } from "zod";

/** What a canary must keep to. A guard that is null is not looked at; at least one is set. */
export const guardrailsSchema = z
  .strictObject({
    /** Answers from 500 up, in percent of the canary's requests. */
    maxErrorPercent: z.number().min(0).max(100).nullable(),
    /** Upper limit of the canary's 95th percentile of latency, in ms. */
    maxP95Ms: z.number().min(1).max(60_000).nullable(),
    /** How many times production's share of answers from 500 up it may have. */
    maxErrorRatio: z.number().min(1).max(1_000).nullable().default(null),
    /** How many times production's 95th percentile of latency it may take. */
    maxP95Ratio: z.number().min(1).max(1_000).nullable().default(null),
    /** Requests to the canary, and for ratios to production, before anything is concluded. */
    minSamples: z.number().int().min(1).max(1_000_000),
  })
  .refine(({ minSamples: _, ...guards }) => Object.values(guards).some((limit) => limit !== null), {
    message: "Set a limit for errors, latency or both",
    path: ["maxErrorPercent"],
  });
export type Guardrails = z.infer<typeof guardrailsSchema>;

export const rolloutPlanSchema = z.strictObject({
  steps: z
    .array(
      z.strictObject({
        percentTraffic: z.number().min(0.1).max(100),
        /** How long at least: a step lasts until there are enough samples. */
        minutes: z.number().min(0.1).max(10_080),
      }),
    )
    .min(1)
    .max(20)
    .superRefine((steps, context) => {
      for (const [index, { percentTraffic }] of steps.entries()) {
        const before = steps[index - 1]?.percentTraffic ?? 0;
        if (percentTraffic > before) continue;
        const message = `More than the ${before} % of step ${index}`;
        context.addIssue({ code: "custom", path: [index, "percentTraffic"], message });
      }
    }),
  guardrails: guardrailsSchema,
  /** False: when the last step is through, the canary waits there for somebody. */
  isPromotedAtEnd: z.boolean(),
  /** True: the steps wait. A bad canary is aborted all the same. */
  isPaused: z.boolean().default(false),
});
export type RolloutPlan = z.infer<typeof rolloutPlanSchema>;
