import { z } from "zod";
import { compareDeployments } from "@/server/services/deployment/compare-deployments";
import { createDeployment } from "@/server/services/deployment/create-deployment";
import { deleteDeployment } from "@/server/services/deployment/delete-deployment";
import { deploymentApplied } from "@/server/services/deployment/deployment-applied";
import { describeDeployment } from "@/server/services/deployment/describe-deployment";
import { downloadDeployment } from "@/server/services/deployment/download-deployment";
import { listDeployments } from "@/server/services/deployment/list-deployments";
import { previewDeployment } from "@/server/services/deployment/preview-deployment";
import { procedure, router } from "@/server/trpc/trpc";
import { apiInput, descriptionSchema, idSchema, revisionSchema, stageNameSchema } from "./inputs";

const deploymentInput = z.object({ apiId: idSchema, deploymentId: idSchema });

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
  download: procedure("api:read")
    .input(deploymentInput.extend({ as: z.enum(["snapshot", "openapi"]) }))
    .query(({ ctx, input }) => downloadDeployment(ctx.actor, input)),
  delete: procedure("api:deploy")
    .input(deploymentInput)
    .mutation(({ ctx, input }) => deleteDeployment(ctx.actor, input)),
  describe: procedure("api:deploy")
    .input(deploymentInput.extend({ description: descriptionSchema }))
    .mutation(({ ctx, input }) => describeDeployment(ctx.actor, input)),
  applied: procedure("api:read")
    .input(z.object({ configChangeId: z.string() }))
    .query(({ ctx, input }) => deploymentApplied(ctx.actor, input)),
});
