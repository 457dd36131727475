import { listNodes } from "@/server/services/node/list-nodes";
import { stageNodes } from "@/server/services/node/stage-nodes";
import { procedure, router } from "@/server/trpc/trpc";
import { apiInput } from "./inputs";

export const nodeRouter = router({
  list: procedure("metrics:read").query(({ ctx }) => listNodes(ctx.actor)),
  ofStages: procedure("api:read")
    .input(apiInput)
    .query(({ ctx, input }) => stageNodes(ctx.actor, input)),
});
