import { getSession } from "@/server/services/session/get-session";
import { memberProcedure, router } from "@/server/trpc/trpc";

export const sessionRouter = router({
  me: memberProcedure.query(({ ctx }) => getSession(ctx.actor)),
});
