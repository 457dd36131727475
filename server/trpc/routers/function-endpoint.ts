import { z } from "zod";
import { getFunctionEndpoint } from "@/server/services/function-endpoint/get-endpoint";
import {
  removeFunctionEndpoint,
  setFunctionEndpoint,
} from "@/server/services/function-endpoint/set-endpoint";
import { testFunctionEndpoint } from "@/server/services/function-endpoint/test-endpoint";
import { procedure, router } from "@/server/trpc/trpc";

const endpointSchema = z.object({
  url: z.string().max(2_000),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/, "A region looks like eu-west-1"),
  accessKeyId: z.string().regex(/^\w{0,128}$/, "An access key id has letters and digits"),
  secretAccessKey: z.string().min(1).max(1_000).optional(),
  sessionToken: z.string().min(1).max(8_000).optional(),
});

export const functionEndpointRouter = router({
  get: procedure("token:read").query(({ ctx }) => getFunctionEndpoint(ctx.actor)),
  set: procedure("workspace:write")
    .input(endpointSchema)
    .mutation(({ ctx, input }) => setFunctionEndpoint(ctx.actor, input)),
  remove: procedure("workspace:write").mutation(({ ctx }) => removeFunctionEndpoint(ctx.actor)),
  test: procedure("workspace:write")
    .input(
      endpointSchema.extend({
        functionName: z.string().min(1).max(170).nullable(),
        payload: z.string().max(1_000_000),
      }),
    )
    .mutation(({ ctx, input }) => testFunctionEndpoint(ctx.actor, input)),
});
