import type { SealedCertificate } from "./seal-certificate";

/** What is kept of a domain name. */
export type DomainDocument = {
  domainName: string;
  /** Of private names only: there can be several of one name. */
  domainNameId: string | null;
  region: string;
  certificateName: string | null;
  certificateArn: string | null;
  regionalCertificateName: string | null;
  regionalCertificateArn: string | null;
  /** When a certificate was last named, as ISO 8601. */
  certificateAt: string;
  ownershipVerificationCertificateArn: string | null;
  endpointConfiguration: { types: string[]; ipAddressType: string; vpcEndpointIds: string[] };
  securityPolicy: string | null;
  endpointAccessMode: string | null;
  truststoreUri: string | null;
  truststoreVersion: string | null;
  /** The truststore itself; the gateway reads no S3 address. */
  truststorePem?: string | null;
  /** What the gateway shows; certificates that are only named by an ARN are not here. */
  certificate?: SealedCertificate | null;
  policy: string | null;
  managementPolicy: string | null;
  routingMode: string;
};

/** AWS's policy of TLS 1.3 alone. */
export const TLS13_POLICY = "SecurityPolicy_TLS13_1_3_2025_09";

/** AWS's name of a document's security policy: TLS_1_2 is AWS's default, and TLS_1_3 is what Gatehouse once wrote. */
export function securityPolicyOf({ securityPolicy }: Pick<DomainDocument, "securityPolicy">): string {
  return securityPolicy === "TLS_1_3" ? TLS13_POLICY : (securityPolicy ?? "TLS_1_2");
}

/** A host name of up to 253 characters, of which the first label may be a star. */
const NAME = /^(?=.{1,253}$)(\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i;

export const isDomainName = (text: string): boolean => NAME.test(text);
