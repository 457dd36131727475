import { z } from "zod";
import { apiMetrics } from "@/server/services/stage/metrics/api-metrics";
import { metricRangeSchema } from "@/server/services/stage/metrics/metric-range";
import { topKeys } from "@/server/services/stage/metrics/top-keys";
import { procedure, router } from "@/server/trpc/trpc";
import { apiInput, idSchema, stageNameSchema } from "./inputs";

const question = apiInput.extend({ range: metricRangeSchema, stage: stageNameSchema.optional() });
const idOrOthers = z.union([z.literal(""), idSchema]).optional();

export const metricRouter = router({
  ofApi: procedure("metrics:read")
    .input(question.extend({ route: z.string().max(600).optional(), planId: idOrOthers, keyId: idOrOthers }))
    .query(({ ctx, input }) => apiMetrics(ctx.actor, input)),
  topKeys: procedure("metrics:read")
    .input(question)
    .query(({ ctx, input }) => topKeys(ctx.actor, input)),
});
