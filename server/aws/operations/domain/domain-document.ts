import { createHash } from "node:crypto";
import type { Call } from "@/server/aws/call";
import { badRequest } from "@/server/aws/protocol/aws-error";
import { readTags } from "@/server/aws/stored-tags";
import { present } from "@/server/aws/views/present";
import type { DomainDocument } from "@/server/services/domain-name/domain-document";
import type { Stored } from "@/server/services/stored-resource/stored-resource";

/** The zone of CloudFront's names, the same everywhere. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

/** Throws what is wrong with a name as it is about to be kept, one thing at a time. */
export function checkDomain(domain: DomainDocument): void {
  const { endpointConfiguration, truststoreUri } = domain;
  const [type, ...more] = endpointConfiguration.types;
  if (!type) throw badRequest("At least one endpoint type must be specified for the domain name.");
  if (more.length > 0 && endpointConfiguration.types.includes("PRIVATE"))
    throw badRequest("Cannot create a domain name with multiple Endpoint Types.");
  if (type === "EDGE" && !domain.certificateArn && !domain.certificateName)
    throw badRequest("A certificate must be specified for an edge-optimized domain name: certificateArn.");
  if (type === "REGIONAL" && !domain.regionalCertificateArn && !domain.regionalCertificateName)
    throw badRequest("A certificate must be specified for a regional domain name: regionalCertificateArn.");
  if (type === "PRIVATE" && !domain.certificateArn)
    throw badRequest("A certificate must be specified for a private domain name: certificateArn.");
  for (const arn of [
    domain.certificateArn,
    domain.regionalCertificateArn,
    domain.ownershipVerificationCertificateArn,
  ]) {
    if (arn && !/^arn:[^:]+:(acm|iam):[^:]*:[^:]*:.+/.test(arn))
      throw badRequest(`Invalid certificate ARN: ${arn}`);
  }
  if (!["ipv4", "dualstack"].includes(endpointConfiguration.ipAddressType))
    throw badRequest("ipAddressType must be either ipv4 or dualstack.");
  if (type === "PRIVATE" && endpointConfiguration.ipAddressType !== "dualstack")
    throw badRequest("Only dualstack ipAddressType is supported for Private domain names.");
  if (truststoreUri !== null && type !== "REGIONAL")
    throw badRequest("Mutual TLS is supported for regional domain names only.");
  if (truststoreUri !== null && !truststoreUri.startsWith("s3://"))
    throw badRequest("Invalid truststoreUri: it must be an S3 address such as s3://bucket/key.");
  if (domain.policy !== null && type !== "PRIVATE")
    throw badRequest("A policy can be specified for private domain names only.");
}

export const isPrivate = ({ endpointConfiguration }: DomainDocument) =>
  endpointConfiguration.types[0] === "PRIVATE";

export function domainArn(call: Pick<Call, "accountId">, domain: DomainDocument): string {
  const { region, domainName, domainNameId } = domain;
  return isPrivate(domain)
    ? `arn:aws:apigateway:${region}:${call.accountId}:/domainnames/${domainName}+${domainNameId}`
    : `arn:aws:apigateway:${region}::/domainnames/${domainName}`;
}

export async function domainView(call: Call<unknown>, { id, document }: Pick<Stored, "id" | "document">) {
  const domain = document as DomainDocument;
  const tags = await readTags(call, `/domainnames/${id}`);
  const { types, ipAddressType, vpcEndpointIds } = domain.endpointConfiguration;
  const { truststoreUri, truststoreVersion } = domain;
  const uploaded = new Date(domain.certificateAt);
  return {
    domainName: domain.domainName,
    domainNameId: present(domain.domainNameId),
    domainNameArn: domainArn(call, domain),
    certificateName: present(domain.certificateName),
    certificateArn: present(domain.certificateArn),
    certificateUploadDate: types.includes("REGIONAL") && types.length === 1 ? undefined : uploaded,
    regionalCertificateName: present(domain.regionalCertificateName),
    regionalCertificateArn: present(domain.regionalCertificateArn),
    ...addressesOf(domain),
    endpointConfiguration: {
      types,
      ipAddressType,
      vpcEndpointIds: vpcEndpointIds.length > 0 ? vpcEndpointIds : undefined,
    },
    domainNameStatus: "AVAILABLE",
    securityPolicy: present(domain.securityPolicy),
    endpointAccessMode: present(domain.endpointAccessMode),
    mutualTlsAuthentication:
      truststoreUri === null ? undefined : { truststoreUri, truststoreVersion: present(truststoreVersion) },
    ownershipVerificationCertificateArn: present(domain.ownershipVerificationCertificateArn),
    managementPolicy: present(domain.managementPolicy),
    policy: present(domain.policy),
    routingMode: domain.routingMode,
    tags,
  };
}

/** What the name would be an alias of: made up from the name, in AWS's form, so that it stays the same. */
function addressesOf({ domainName, region, endpointConfiguration: { types } }: DomainDocument) {
  const digest = createHash("sha256").update(domainName).digest("hex");
  const letters = BigInt(`0x${digest}`).toString(36);
  const edge = {
    distributionDomainName: `d${letters.slice(0, 13)}.cloudfront.net`,
    distributionHostedZoneId: CLOUDFRONT_ZONE,
  };
  const regional = {
    regionalDomainName: `d-${letters.slice(0, 10)}.execute-api.${region}.amazonaws.com`,
    regionalHostedZoneId: `Z${letters.slice(10, 23).toUpperCase()}`,
  };
  return { ...(types.includes("EDGE") ? edge : {}), ...(types.includes("REGIONAL") ? regional : {}) };
}
