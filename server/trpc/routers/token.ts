import { z } from "zod";
import { createToken } from "@/server/services/machine-token/create-token";
import { listTokens } from "@/server/services/machine-token/list-tokens";
import { revokeToken } from "@/server/services/machine-token/revoke-token";
import { procedure, router } from "@/server/trpc/trpc";
import { idSchema, nameSchema, roleSchema } from "./inputs";

export const tokenRouter = router({
  list: procedure("token:read").query(({ ctx }) => listTokens(ctx.actor)),
  create: procedure("token:write")
    .input(z.object({ name: nameSchema, role: roleSchema }))
    .mutation(({ ctx, input }) => createToken(ctx.actor, input)),
  revoke: procedure("token:write")
    .input(z.object({ tokenId: idSchema }))
    .mutation(({ ctx, input }) => revokeToken(ctx.actor, input)),
});
