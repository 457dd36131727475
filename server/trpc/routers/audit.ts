import { z } from "zod";
import { listAudit } from "@/server/services/audit/list-audit";
import { procedure, router } from "@/server/trpc/trpc";

export const auditRouter = router({
  list: procedure("audit:read")
    .input(z.object({ cursor: z.string().max(64).optional() }).default({}))
    .query(({ ctx, input }) => listAudit(ctx.actor, input)),
});
