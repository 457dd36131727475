import { z } from "zod";
import { checkCall } from "@/server/services/api-key/check-call";
import { createKey } from "@/server/services/api-key/create-key";
import { deleteKey } from "@/server/services/api-key/delete-key";
import { keyHistory } from "@/server/services/api-key/key-history";
import { keyUsage } from "@/server/services/api-key/key-usage";
import { getKey, listKeys } from "@/server/services/api-key/list-keys";
import { restoreKey, revokeKey } from "@/server/services/api-key/revoke-key";
import { updateKey } from "@/server/services/api-key/update-key";
import { extendQuota } from "@/server/services/usage-plan/extend-quota";
import { procedure, router } from "@/server/trpc/trpc";
import { daysSchema, descriptionSchema, idSchema, nameSchema, stageInput } from "./inputs";

const keyInput = z.object({ keyId: idSchema });
const customerSchema = z.string().max(255);

export const apiKeyRouter = router({
  list: procedure("key:read")
    .input(
      z
        .object({
          search: z.string().max(200).optional(),
          planId: idSchema.optional(),
          cursor: idSchema.optional(),
          limit: z.number().int().min(1).max(200).optional(),
        })
        .default({}),
    )
    .query(({ ctx, input }) => listKeys(ctx.actor, input)),
  get: procedure("key:read")
    .input(keyInput)
    .query(({ ctx, input }) => getKey(ctx.actor, input)),
  create: procedure("key:write")
    .input(
      z.object({
        name: nameSchema,
        description: descriptionSchema.optional(),
        customerId: customerSchema.optional(),
        planIds: z.array(idSchema).max(10, "A key may be in at most 10 plans"),
        value: z.string().optional(),
      }),
    )
    .mutation(({ ctx, input }) => createKey(ctx.actor, input)),
  revoke: procedure("key:revoke")
    .input(keyInput)
    .mutation(({ ctx, input }) => revokeKey(ctx.actor, input)),
  restore: procedure("key:revoke")
    .input(keyInput)
    .mutation(({ ctx, input }) => restoreKey(ctx.actor, input)),
  update: procedure("key:write")
    .input(
      keyInput.extend({
        changes: z.strictObject({
          name: nameSchema.optional(),
          description: descriptionSchema.optional(),
          customerId: customerSchema.nullable().optional(),
        }),
      }),
    )
    .mutation(({ ctx, input }) => updateKey(ctx.actor, input)),
  delete: procedure("key:write")
    .input(keyInput)
    .mutation(({ ctx, input }) => deleteKey(ctx.actor, input)),
  canCall: procedure("key:read")
    .input(stageInput.extend({ keyId: idSchema, method: z.string().max(2_000) }))
    .query(({ ctx, input }) => checkCall(ctx.actor, input)),
  history: procedure("audit:read")
    .input(keyInput)
    .query(({ ctx, input }) => keyHistory(ctx.actor, input)),
  extendQuota: procedure("key:extend")
    .input(
      keyInput.extend({
        planId: idSchema,
        more: z.number().int().min(1).max(1_000_000_000),
        reason: z.string().trim().min(1, "Say why").max(500),
      }),
    )
    .mutation(({ ctx, input }) => extendQuota(ctx.actor, input)),
  usage: procedure("key:read")
    .input(keyInput.extend({ days: daysSchema }))
    .query(({ ctx, input }) => keyUsage(ctx.actor, input)),
});
