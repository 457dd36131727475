import { z } from "zod";
import { countRequests } from "@/server/services/stage/requests/count-requests";
import { getRequest } from "@/server/services/stage/requests/get-request";
import { requestFilterSchema } from "@/server/services/stage/requests/request-filter";
import { searchRequests } from "@/server/services/stage/requests/search-requests";
import { tailRequests } from "@/server/services/stage/requests/tail-requests";
import { procedure, router } from "@/server/trpc/trpc";
import { stageInput } from "./inputs";

const filtered = stageInput.extend({ filter: requestFilterSchema });

export const requestLogRouter = router({
  search: procedure("request:read")
    .input(
      filtered.extend({
        cursor: z
          .string()
          .regex(/^\d{1,18}$/)
          .optional(),
      }),
    )
    .query(({ ctx, input }) => searchRequests(ctx.actor, input)),
  /** How many fit, over time. */
  histogram: procedure("request:read")
    .input(filtered)
    .query(({ ctx, input }) => countRequests(ctx.actor, input)),
  get: procedure("request:read")
    .input(stageInput.extend({ requestId: z.string().max(100) }))
    .query(({ ctx, input }) => getRequest(ctx.actor, input)),
  /** Batches of requests as they are logged. */
  tail: procedure("request:read")
    .input(filtered)
    .subscription(({ ctx, input, signal }) => tailRequests(ctx.actor, input, signal)),
});
