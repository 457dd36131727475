import { type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { applyPatch } from "@/server/aws/patch/apply-patch";
import { DOMAIN_NAME_PATCH } from "@/server/aws/patch/domain-name-patch";
import { badRequest, conflict } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { type Tags, writeTags } from "@/server/aws/stored-tags";
import { sealCertificate } from "@/server/services/domain-name/seal-certificate";
import { newId } from "@/server/services/new-id";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import { getStored, listStored } from "@/server/services/stored-resource/stored-resource";
import { checkDomain, type DomainDocument, domainView, isPrivate } from "./domain-document";
import { type DomainInput, domainKey, requireDomain, storedId } from "./find-domain";

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

/** A host name of up to 253 characters, of which the first label may be a star. */
const NAME = /^(?=.{1,253}$)(\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i;

/** Custom domain names; private ones are only kept and given back. */
export const domainNameHandlers: Handlers = {
  CreateDomainName: handler<CreateInput>(async (call) => {
    const document = documentOf(call.input, call.region);
    if (!NAME.test(document.domainName)) throw badRequest("Invalid domain name specified");
    checkDomain(document);
    const { certificateBody: certificatePem, certificateChain: chainPem = "" } = call.input;
    if (certificatePem) {
      const { certificatePrivateKey: privateKeyPem = "", domainName } = call.input;
      const imported = { domainName, certificatePem, chainPem, privateKeyPem };
      document.certificate = sealCertificate(call.actor, imported, new Date());
    }
    const { domainName, domainNameId } = document;
    const id = storedId({ domainName, domainNameId: domainNameId ?? undefined });
    if (await getStored(call.actor, domainKey(id)))
      throw conflict("The domain name you provided already exists.");
    await putStored(call.actor, domainKey(id), document);
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
    const { id, document: before } = await requireDomain(call);
    const document = applyPatch(DOMAIN_NAME_PATCH, before, call.input.patchOperations);
    if (isPrivate(document) !== isPrivate(before))
      throw badRequest("The endpoint type of a domain name cannot be changed to or from PRIVATE.");
    checkDomain(document);
    await putStored(call.actor, domainKey(id), document);
    return domainView(call, { id, document });
  }),

  DeleteDomainName: handler<DomainInput>(async (call) => {
    const { id } = await requireDomain(call);
    for (const mapping of await listStored(call.actor, { kind: "base-path-mapping", parentId: id }))
      await deleteStored(call.actor, { kind: "base-path-mapping", parentId: id, id: mapping.id });
    await deleteStored(call.actor, domainKey(id));
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
