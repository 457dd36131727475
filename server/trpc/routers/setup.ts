import { z } from "zod";
import { createOwner, setupStatus } from "@/server/services/setup/create-owner";
import { publicProcedure, router } from "@/server/trpc/trpc";
import { nameSchema, passwordSchema } from "./inputs";

export const setupRouter = router({
  status: publicProcedure.query(() => setupStatus()),
  createOwner: publicProcedure
    .input(z.object({ name: nameSchema, email: z.email(), password: passwordSchema }))
    .mutation(async ({ input }): Promise<{ userId: string | null }> => {
      const owner = await createOwner(input);
      return { userId: owner.userId };
    }),
});
