import { z } from "zod";
import { setDomainCertificate, setDomainTruststore } from "@/server/services/domain-name/change-domain";
import { procedure, router } from "@/server/trpc/trpc";

const domainName = z.string().min(1).max(253);
const pem = z.string().max(1_100_000);

export const domainNameRouter = router({
  setCertificate: procedure("api:write")
    .input(z.object({ domainName, certificatePem: pem, chainPem: pem, privateKeyPem: pem }))
    .mutation(({ ctx, input }) => setDomainCertificate(ctx.actor, input)),
  setTruststore: procedure("api:write")
    .input(z.object({ domainName, truststorePem: pem }))
    .mutation(({ ctx, input }) => setDomainTruststore(ctx.actor, input)),
});
