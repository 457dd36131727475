import { z } from "zod";
import { compareDeployments } from "@/server/services/deployment/compare-deployments";
import { createDeployment } from "@/server/services/deployment/create-deployment";
import { deploymentApplied } from "@/server/services/deployment/deployment-applied";
import { listDeployments } from "@/server/services/deployment/list-deployments";
import { previewDeployment } from "@/server/services/deployment/preview-deployment";
import { procedure, router } from "@/server/trpc/trpc";
import { apiInput, descriptionSchema, idSchema, revisionSchema, stageNameSchema } from "./inputs";

export const deploymentRouter = router({
  preview: procedure("api:read")
    .input(z.object({ apiId: idSchema, stageName: stageNameSchema.optional() }))
    .query(({ ctx, input }) => previewDeployment(ctx.actor, input)),
  create: procedure("api:deploy")
    .input(
      z.object({
        apiId: idSchema,
        stageName: stageNameSchema,
        description: descriptionSchema.optional(),
        revision: revisionSchema,
        variables: z.record(z.string(), z.string()).optional(),
      }),
    )
    .mutation(({ ctx, input }) => createDeployment(ctx.actor, input)),
  list: procedure("api:read")
    .input(apiInput)
    .query(({ ctx, input }) => listDeployments(ctx.actor, input)),
  compare: procedure("api:read")
    .input(z.object({ apiId: idSchema, fromId: idSchema, toId: idSchema }))
    .query(({ ctx, input }) => compareDeployments(ctx.actor, input)),
  applied: procedure("api:read")
    .input(z.object({ configChangeId: z.string() }))
    .query(({ ctx, input }) => deploymentApplied(ctx.actor, input)),
});
