import { z } from "zod";
import { createCertificate } from "@/server/services/stored-resource/create-client-certificate";
import { deleteClientCertificate } from "@/server/services/stored-resource/delete-client-certificate";
import { listClientCertificates } from "@/server/services/stored-resource/list-client-certificates";
import { procedure, router } from "@/server/trpc/trpc";

export const clientCertificateRouter = router({
  list: procedure("api:read").query(({ ctx }) => listClientCertificates(ctx.actor)),
  create: procedure("api:write")
    .input(z.object({ description: z.string().max(1_024) }))
    .mutation(({ ctx, input }) => createCertificate(ctx.actor, input)),
  delete: procedure("api:write")
    .input(z.object({ id: z.string().max(64) }))
    .mutation(({ ctx, input }) => deleteClientCertificate(ctx.actor, input.id)),
});
