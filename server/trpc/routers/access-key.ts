import { z } from "zod";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { listAccessKeys } from "@/server/services/access-key/list-keys";
import { revokeAccessKey } from "@/server/services/access-key/revoke-key";
import { setAccessKeyPolicy } from "@/server/services/access-key/set-policy";
import { procedure, router } from "@/server/trpc/trpc";
import { idSchema, nameSchema, roleSchema } from "./inputs";

const policySchema = z.record(z.string(), z.unknown()).nullable();

export const accessKeyRouter = router({
  list: procedure("token:read").query(({ ctx }) => listAccessKeys(ctx.actor)),
  create: procedure("token:write")
    .input(z.object({ name: nameSchema, role: roleSchema, policy: policySchema.optional() }))
    .mutation(({ ctx, input }) => createAccessKey(ctx.actor, input)),
  setPolicy: procedure("token:write")
    .input(z.object({ accessKeyId: idSchema, policy: policySchema }))
    .mutation(({ ctx, input }) => setAccessKeyPolicy(ctx.actor, input)),
  revoke: procedure("token:write")
    .input(z.object({ accessKeyId: idSchema }))
    .mutation(({ ctx, input }) => revokeAccessKey(ctx.actor, input)),
});
