import { z } from "zod";
import { listSamples } from "@/server/services/sample/list-samples";
import { sampleInputSchema } from "@/server/services/sample/sample-input";
import { deleteSample, saveSample } from "@/server/services/sample/save-sample";
import { procedure, router } from "@/server/trpc/trpc";
import { apiInput, idSchema, nameSchema } from "./inputs";

export const sampleRouter = router({
  list: procedure("api:read")
    .input(apiInput)
    .query(({ ctx, input }) => listSamples(ctx.actor, input)),
  save: procedure("api:write")
    .input(
      z.object({
        apiId: idSchema,
        id: idSchema.optional(),
        resourceId: idSchema.optional(),
        httpMethod: z.string().max(16).optional(),
        name: nameSchema,
        input: sampleInputSchema,
      }),
    )
    .mutation(({ ctx, input }) => saveSample(ctx.actor, input)),
  delete: procedure("api:write")
    .input(z.object({ apiId: idSchema, id: idSchema }))
    .mutation(({ ctx, input }) => deleteSample(ctx.actor, input)),
});
