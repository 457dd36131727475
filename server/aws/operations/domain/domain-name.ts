import { type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { applyPatch } from "@/server/aws/patch/apply-patch";
import { DOMAIN_NAME_PATCH } from "@/server/aws/patch/domain-name-patch";
import { badRequest } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { type Tags, writeTags } from "@/server/aws/stored-tags";
import { createDomain } from "@/server/services/domain-name/create-domain";
import { deleteDomain } from "@/server/services/domain-name/delete-domain";
import { type DomainDocument, isDomainName } from "@/server/services/domain-name/domain-document";
import { sealCertificate } from "@/server/services/domain-name/seal-certificate";
import { newId } from "@/server/services/new-id";
import { listStored } from "@/server/services/stored-resource/stored-resource";
import { checkDomain, domainView, isPrivate } from "./domain-document";
import { changeDomain, type DomainInput, requireDomain, storedId } from "./find-domain";

type CreateInput = {
  domainName: string;
  endpointConfiguration?: { types?: string[]; ipAddressType?: string; vpcEndpointIds?: string[] };
  certificateBody?: string;
  certificateChain?: string;
  certificatePrivateKey?: string;
  mutualTlsAuthentication?: { truststoreUri?: string; truststoreVersion?: string };
  tags?: Tags;
} & Partial<
  Pick<
    DomainDocument,
    | "certificateName"
    | "certificateArn"
    | "regionalCertificateName"
    | "regionalCertificateArn"
    | "ownershipVerificationCertificateArn"
    | "securityPolicy"
    | "endpointAccessMode"
    | "policy"
    | "routingMode"
  >
>;

/** Custom domain names; private ones are only kept and given back. */
export const domainNameHandlers: Handlers = {
  CreateDomainName: handler<CreateInput>(async (call) => {
    const document = documentOf(call.input, call.region);
    if (!isDomainName(document.domainName)) throw badRequest("Invalid domain name specified");
    checkDomain(document);
    const { certificateBody: certificatePem, certificateChain: chainPem = "" } = call.input;
    if (certificatePem) {
      const { certificatePrivateKey: privateKeyPem = "", domainName } = call.input;
      const imported = { domainName, certificatePem, chainPem, privateKeyPem };
      document.certificate = sealCertificate(call.actor, imported, new Date());
    }
    const { domainName, domainNameId } = document;
    const id = storedId({ domainName, domainNameId: domainNameId ?? undefined });
    await createDomain(call.actor, id, document);
    await writeTags(call, `/domainnames/${id}`, call.input.tags);
    return domainView(call, { id, document });
  }),

  GetDomainNames: handler<PageInput & { resourceOwner?: string }>(async (call) => {
    // Everything here belongs to the account itself.
    const isOwn = call.input.resourceOwner !== "OTHER_ACCOUNTS";
    const all = isOwn ? await listStored(call.actor, { kind: "domain-name" }) : [];
    const { item, ...page } = pageOf(all, call.input);
    return { item: await Promise.all(item.map((domain) => domainView(call, domain))), ...page };
  }),

  GetDomainName: handler<DomainInput>(async (call) => domainView(call, await requireDomain(call))),

  UpdateDomainName: handler<DomainInput & PatchInput>(async (call) => {
    const { id, document } = await changeDomain(call, (before) => {
      const after = applyPatch(DOMAIN_NAME_PATCH, before, call.input.patchOperations);
      if (isPrivate(after) !== isPrivate(before))
        throw badRequest("The endpoint type of a domain name cannot be changed to or from PRIVATE.");
      checkDomain(after);
      return after;
    });
    return domainView(call, { id, document });
  }),

  DeleteDomainName: handler<DomainInput>(async (call) => {
    const { id } = await requireDomain(call);
    await deleteDomain(call.actor, id);
    await writeTags(call, `/domainnames/${id}`, {});
  }),
};

function documentOf(input: CreateInput, region: string): DomainDocument {
  const { types = ["EDGE"], ipAddressType, vpcEndpointIds = [] } = input.endpointConfiguration ?? {};
  const isForPrivate = types[0] === "PRIVATE";
  const { truststoreUri = null, truststoreVersion = null } = input.mutualTlsAuthentication ?? {};
  // A certificate that is uploaded needs a name; AWS makes one up.
  const uploaded = input.certificateBody ? `${input.domainName}-uploaded` : null;
  return {
    domainName: input.domainName,
    domainNameId: isForPrivate ? newId(10) : null,
    region,
    certificateName: input.certificateName ?? uploaded,
    certificateArn: input.certificateArn ?? null,
    regionalCertificateName: input.regionalCertificateName ?? (types.includes("REGIONAL") ? uploaded : null),
    regionalCertificateArn: input.regionalCertificateArn ?? null,
    certificateAt: new Date().toISOString(),
    ownershipVerificationCertificateArn: input.ownershipVerificationCertificateArn ?? null,
    endpointConfiguration: {
      types,
      ipAddressType: ipAddressType ?? (isForPrivate ? "dualstack" : "ipv4"),
      vpcEndpointIds,
    },
    securityPolicy: input.securityPolicy ?? "TLS_1_2",
    endpointAccessMode: input.endpointAccessMode ?? null,
    truststoreUri,
    truststoreVersion,
    policy: input.policy ?? null,
    managementPolicy: null,
    routingMode: input.routingMode ?? "BASE_PATH_MAPPING_ONLY",
  };
}
