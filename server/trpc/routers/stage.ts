import { z } from "zod";
import { CACHE_CLUSTER_SIZES, methodSettingSchema } from "@/server/gateway/snapshot/stage-config";
import { deleteStage } from "@/server/services/stage/delete-stage";
import { flushStage } from "@/server/services/stage/flush-stage";
import { getStage } from "@/server/services/stage/get-stage";
import { listStages } from "@/server/services/stage/list-stages";
import { previewPromotion } from "@/server/services/stage/promotion/preview-promotion";
import { promoteStage } from "@/server/services/stage/promotion/promote-stage";
import { rollBackStage } from "@/server/services/stage/roll-back-stage";
import { stageMethods } from "@/server/services/stage/stage-methods";
import { stageMetrics } from "@/server/services/stage/stage-metrics";
import { getStageUse } from "@/server/services/stage/stage-use";
import { updateStage } from "@/server/services/stage/update-stage";
import { procedure, router } from "@/server/trpc/trpc";
import { apiInput, descriptionSchema, idSchema, stageInput, stageNameSchema } from "./inputs";

const MAX_MINUTES = 24 * 60;

const changesInput = z.strictObject({
  description: descriptionSchema.optional(),
  variables: z.record(z.string(), z.string()).optional(),
  methodSettings: z.record(z.string(), z.partialRecord(methodSettingSchema.keyof(), z.unknown())).optional(),
  accessLogFormat: z.string().max(3000).nullable().optional(),
  tracingEnabled: z.boolean().optional(),
  requestLog: z.enum(["OFF", "SAMPLED", "ALL"]).optional(),
  requestLogPercent: z.number().min(0.01).max(100).optional(),
  cacheClusterEnabled: z.boolean().optional(),
  cacheClusterSize: z.enum(CACHE_CLUSTER_SIZES).optional(),
  rateLimitHeaders: z.enum(["OFF", "STANDARD", "SEPARATE"]).optional(),
  clientCertificateId: idSchema.nullable().optional(),
});

/** What a form was filled from; see StageBase. */
const baseInput = z.object({
  methodSettings: z.record(z.string(), methodSettingSchema).optional(),
  variables: z.record(z.string(), z.string()).optional(),
});

const namesInput = z.array(z.string().max(256)).max(1_000).optional();
const promotionInput = z.object({
  apiId: idSchema,
  from: stageNameSchema,
  to: stageNameSchema,
  copyVariables: namesInput,
  copySettings: namesInput,
  expected: z.object({ source: idSchema, target: idSchema.nullable() }).optional(),
});

export const stageRouter = router({
  list: procedure("api:read")
    .input(apiInput)
    .query(({ ctx, input }) => listStages(ctx.actor, input)),
  get: procedure("api:read")
    .input(stageInput)
    .query(({ ctx, input }) => getStage(ctx.actor, input)),
  /** What it serves, which the draft may be ahead of. */
  methods: procedure("api:read")
    .input(stageInput)
    .query(({ ctx, input }) => stageMethods(ctx.actor, input)),
  update: procedure("stage:write")
    .input(stageInput.extend({ changes: changesInput, base: baseInput.optional() }))
    .mutation(({ ctx, input }) => updateStage(ctx.actor, input)),
  rollback: procedure("api:deploy")
    .input(stageInput.extend({ deploymentId: idSchema }))
    .mutation(({ ctx, input }) => rollBackStage(ctx.actor, input)),
  previewPromotion: procedure("api:read")
    .input(promotionInput.omit({ copySettings: true, expected: true }))
    .query(({ ctx, input }) => previewPromotion(ctx.actor, input)),
  promote: procedure("api:deploy")
    .input(promotionInput)
    .mutation(({ ctx, input }) => promoteStage(ctx.actor, input)),
  flushAuthorizers: procedure("stage:write")
    .input(stageInput)
    .mutation(({ ctx, input }) => flushStage(ctx.actor, { ...input, cache: "authorizer-cache" })),
  /** Drops the answers that the stage's cache keeps, on every gateway. */
  flushCache: procedure("stage:write")
    .input(stageInput)
    .mutation(({ ctx, input }) => flushStage(ctx.actor, { ...input, cache: "response-cache" })),
  use: procedure("api:read")
    .input(stageInput)
    .query(({ ctx, input }) => getStageUse(ctx.actor, input)),
  delete: procedure("stage:write")
    .input(stageInput.extend({ force: z.boolean().optional() }))
    .mutation(({ ctx, input }) => deleteStage(ctx.actor, input)),
  metrics: procedure("metrics:read")
    .input(
      stageInput.extend({
        minutes: z.number().int().min(1).max(MAX_MINUTES),
        /** `GET /pets/{petId}`; absent adds all methods up. */
        route: z.string().optional(),
      }),
    )
    .query(({ ctx, input }) => stageMetrics(ctx.actor, input)),
});
