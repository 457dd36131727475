import { z } from "zod";
import { invokeDraft } from "@/server/services/test/invoke-draft";
import { procedure, router } from "@/server/trpc/trpc";
import { idSchema } from "./inputs";

const MAX_BODY_CHARACTERS = 10_000_000;
const multiTexts = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export const testRouter = router({
  invoke: procedure("test:invoke")
    .input(
      z.object({
        apiId: idSchema,
        request: z.object({
          httpMethod: z.string().min(1),
          resourceId: z.string().optional(),
          path: z.string().optional(),
          pathParameters: z.record(z.string(), z.string()).optional(),
          pathWithQueryString: z.string().optional(),
          query: multiTexts.optional(),
          headers: multiTexts.optional(),
          body: z.string().max(MAX_BODY_CHARACTERS, "The body is larger than 10 MB").optional(),
        }),
        stageVariables: z.record(z.string(), z.string()).optional(),
      }),
    )
    .mutation(({ ctx, input }) => invokeDraft(ctx.actor, input)),
});
