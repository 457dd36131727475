import { listNodes } from "@/server/services/node/list-nodes";
import { procedure, router } from "@/server/trpc/trpc";

export const nodeRouter = router({
  list: procedure("metrics:read").query(({ ctx }) => listNodes(ctx.actor)),
});
