import { z } from "zod";
import {
  removeDomainTruststore,
  renewSelfSigned,
  SECURITY_POLICIES,
  setDomainCertificate,
  setDomainSecurityPolicy,
  setDomainTruststore,
} from "@/server/services/domain-name/change-domain";
import { putMapping, removeMapping } from "@/server/services/domain-name/change-mapping";
import { deleteDomain } from "@/server/services/domain-name/delete-domain";
import { listDomains } from "@/server/services/domain-name/list-domains";
import { makeDomain } from "@/server/services/domain-name/make-domain";
import { procedure, router } from "@/server/trpc/trpc";

const domainName = z.string().min(1).max(253);
const basePath = z.string().max(300);
const pem = z.string().max(1_100_000);
const certificate = z.object({ certificatePem: pem, chainPem: pem, privateKeyPem: pem });

export const domainNameRouter = router({
  list: procedure("api:read").query(({ ctx }) => listDomains(ctx.actor)),
  create: procedure("api:write")
    .input(z.object({ domainName, certificate: certificate.nullable() }))
    .mutation(({ ctx, input }) => makeDomain(ctx.actor, input)),
  delete: procedure("api:write")
    .input(z.object({ domainName }))
    .mutation(({ ctx, input }) => deleteDomain(ctx.actor, input.domainName.toLowerCase())),
  setCertificate: procedure("api:write")
    .input(certificate.extend({ domainName }))
    .mutation(({ ctx, input }) => setDomainCertificate(ctx.actor, input)),
  renewSelfSigned: procedure("api:write")
    .input(z.object({ domainName }))
    .mutation(({ ctx, input }) => renewSelfSigned(ctx.actor, input)),
  setSecurityPolicy: procedure("api:write")
    .input(z.object({ domainName, securityPolicy: z.enum(SECURITY_POLICIES) }))
    .mutation(({ ctx, input }) => setDomainSecurityPolicy(ctx.actor, input)),
  setTruststore: procedure("api:write")
    .input(z.object({ domainName, truststorePem: pem }))
    .mutation(({ ctx, input }) => setDomainTruststore(ctx.actor, input)),
  removeTruststore: procedure("api:write")
    .input(z.object({ domainName }))
    .mutation(({ ctx, input }) => removeDomainTruststore(ctx.actor, input)),
  putMapping: procedure("api:write")
    .input(
      z.object({
        domainName,
        basePath,
        apiId: z.string(),
        stageName: z.string().nullable(),
        before: basePath.nullable(),
      }),
    )
    .mutation(({ ctx, input }) => putMapping(ctx.actor, input)),
  removeMapping: procedure("api:write")
    .input(z.object({ domainName, basePath }))
    .mutation(({ ctx, input }) => removeMapping(ctx.actor, input)),
});
