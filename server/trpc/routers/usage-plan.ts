import { z } from "zod";
import { attachKey, detachKey } from "@/server/services/usage-plan/attach-key";
import { attachStage, detachStage } from "@/server/services/usage-plan/attach-stage";
import { createPlan } from "@/server/services/usage-plan/create-plan";
import { deletePlan } from "@/server/services/usage-plan/delete-plan";
import { getPlan, listPlans } from "@/server/services/usage-plan/list-plans";
import { planUsage } from "@/server/services/usage-plan/plan-usage";
import { updatePlan } from "@/server/services/usage-plan/update-plan";
import { whatIf } from "@/server/services/usage-plan/what-if";
import { procedure, router } from "@/server/trpc/trpc";
import {
  daysSchema,
  descriptionSchema,
  idSchema,
  nameSchema,
  quotaInput,
  stageNameSchema,
  throttleInput,
} from "./inputs";

const planInput = z.object({ planId: idSchema });
const planStageInput = z.object({ planId: idSchema, apiId: idSchema, stageName: stageNameSchema });
const planKeyInput = z.object({ planId: idSchema, keyId: idSchema });
const limits = {
  description: descriptionSchema.optional(),
  /** Per key: requests per second and the burst on top; null for none. */
  throttle: throttleInput.nullable().optional(),
  /** Per key: requests per period; null for none. */
  quota: quotaInput.nullable().optional(),
};

export const usagePlanRouter = router({
  list: procedure("plan:read").query(({ ctx }) => listPlans(ctx.actor)),
  get: procedure("plan:read")
    .input(planInput)
    .query(({ ctx, input }) => getPlan(ctx.actor, input)),
  create: procedure("plan:write")
    .input(z.object({ name: nameSchema, ...limits }))
    .mutation(({ ctx, input }) => createPlan(ctx.actor, input)),
  update: procedure("plan:write")
    .input(planInput.extend({ changes: z.strictObject({ name: nameSchema.optional(), ...limits }) }))
    .mutation(({ ctx, input }) => updatePlan(ctx.actor, input)),
  delete: procedure("plan:write")
    .input(planInput)
    .mutation(({ ctx, input }) => deletePlan(ctx.actor, input)),
  attachStage: procedure("plan:write")
    .input(planStageInput.extend({ throttle: z.record(z.string(), throttleInput).optional() }))
    .mutation(({ ctx, input }) => attachStage(ctx.actor, input)),
  detachStage: procedure("plan:write")
    .input(planStageInput)
    .mutation(({ ctx, input }) => detachStage(ctx.actor, input)),
  attachKey: procedure("key:write")
    .input(planKeyInput)
    .mutation(({ ctx, input }) => attachKey(ctx.actor, input)),
  detachKey: procedure("key:write")
    .input(planKeyInput)
    .mutation(({ ctx, input }) => detachKey(ctx.actor, input)),
  /** What a quota would have done to the stored requests of the plan's keys. */
  whatIf: procedure("plan:read")
    .input(planInput.extend({ days: daysSchema, quota: quotaInput.nullable() }))
    .query(({ ctx, input }) => whatIf(ctx.actor, input)),
  usage: procedure("plan:read")
    .input(planInput.extend({ days: daysSchema }))
    .query(({ ctx, input }) => planUsage(ctx.actor, input)),
});
