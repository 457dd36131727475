import { z } from "zod";
import { invokeDraft } from "@/server/services/test/invoke-draft";
import { testAuthorizer } from "@/server/services/test/test-authorizer";
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
  authorizer: procedure("test:invoke")
    .input(
      z.object({
        apiId: idSchema,
        authorizerId: idSchema,
        request: z.object({
          httpMethod: z.string().min(1).max(16),
          path: z.string().max(8_192),
          query: z.string().max(8_192).optional(),
          headers: z.array(z.tuple([z.string().min(1).max(200), z.string().max(8_192)])).max(100),
          scopes: z.array(z.string().max(512)).max(50).optional(),
        }),
        stageVariables: z.record(z.string(), z.string()).optional(),
      }),
    )
    .mutation(({ ctx, input }) => testAuthorizer(ctx.actor, input)),
});
