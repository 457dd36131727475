import { z } from "zod";
import { rolloutPlanSchema } from "@/server/gateway/canary/rollout-plan";
import { canarySettingsSchema } from "@/server/gateway/snapshot/canary-settings";
import { canaryTimeline } from "@/server/services/canary/canary-timeline";
import { promoteCanary, removeCanary, updateCanary } from "@/server/services/canary/change-canary";
import { compareVariants } from "@/server/services/canary/compare-variants";
import { deployCanary } from "@/server/services/canary/deploy-canary";
import { listRollouts } from "@/server/services/canary/list-rollouts";
import { rolloutReport } from "@/server/services/canary/rollout-report";
import { pauseRollout, startRollout, stopRollout } from "@/server/services/canary/rollouts";
import { startCanary } from "@/server/services/canary/start-canary";
import { procedure, router } from "@/server/trpc/trpc";
import { descriptionSchema, idSchema, revisionSchema, stageInput } from "./inputs";

const settings = canarySettingsSchema.omit({ deploymentId: true });
/** Of a schema with defaults, partial() would put the defaults back in. */
const changes = z.strictObject({
  percentTraffic: settings.shape.percentTraffic.unwrap().optional(),
  stageVariableOverrides: settings.shape.stageVariableOverrides,
  useStageCache: z.boolean().optional(),
  sticky: settings.shape.sticky.unwrap().optional(),
});

export const canaryRouter = router({
  start: procedure("api:deploy")
    .input(stageInput.extend({ canary: canarySettingsSchema }))
    .mutation(({ ctx, input }) => startCanary(ctx.actor, input)),
  deploy: procedure("api:deploy")
    .input(
      stageInput.extend({
        canary: settings,
        description: descriptionSchema.optional(),
        revision: revisionSchema.optional(),
      }),
    )
    .mutation(({ ctx, input }) => deployCanary(ctx.actor, input)),
  update: procedure("stage:write")
    .input(stageInput.extend({ changes }))
    .mutation(({ ctx, input }) => updateCanary(ctx.actor, input)),
  promote: procedure("api:deploy")
    .input(stageInput.extend({ isRemoved: z.boolean().optional() }))
    .mutation(({ ctx, input }) => promoteCanary(ctx.actor, input)),
  startRollout: procedure("api:deploy")
    .input(stageInput.extend({ plan: rolloutPlanSchema }))
    .mutation(({ ctx, input }) => startRollout(ctx.actor, input)),
  stopRollout: procedure("stage:write")
    .input(stageInput)
    .mutation(({ ctx, input }) => stopRollout(ctx.actor, input)),
  pauseRollout: procedure("stage:write")
    .input(stageInput.extend({ isPaused: z.boolean() }))
    .mutation(({ ctx, input }) => pauseRollout(ctx.actor, input)),
  timeline: procedure("metrics:read")
    .input(
      stageInput.extend({
        minutes: z
          .number()
          .int()
          .min(1)
          .max(24 * 60),
        rolloutId: idSchema.optional(),
      }),
    )
    .query(({ ctx, input }) => canaryTimeline(ctx.actor, input)),
  report: procedure("metrics:read")
    .input(stageInput.extend({ rolloutId: idSchema }))
    .query(({ ctx, input }) => rolloutReport(ctx.actor, input)),
  rollouts: procedure("api:read")
    .input(stageInput)
    .query(({ ctx, input }) => listRollouts(ctx.actor, input)),
  compare: procedure("metrics:read")
    .input(stageInput.extend({ minutes: z.number().int().min(1).max(60) }))
    .query(({ ctx, input }) => compareVariants(ctx.actor, input)),
  remove: procedure("stage:write")
    .input(stageInput)
    .mutation(({ ctx, input }) => removeCanary(ctx.actor, input)),
});
