import { selfSignedCertificate } from "@/server/adapters/certificates/self-signed-certificate";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { createDomain } from "./create-domain";
import { type DomainDocument, isDomainName } from "./domain-document";
import { type CertificateInput, sealCertificate } from "./seal-certificate";

export type MakeDomainInput = {
  domainName: string;
  /** Null: one is made that signs itself, to try it out with. */
  certificate: Omit<CertificateInput, "domainName"> | null;
};

const DAY_MS = 86_400_000;
/** What browsers take at most (CA/Browser Forum, since 2020), so that nobody gets used to more. */
const SELF_SIGNED_DAYS = 397;

/** Makes a regional domain name with its certificate. INVALID, or CONFLICT if the name is taken. */
export async function makeDomain(actor: Actor, input: MakeDomainInput, now = new Date()): Promise<void> {
  const domainName = input.domainName.trim().toLowerCase();
  if (!isDomainName(domainName))
    throw new ServiceError("INVALID", "A domain name looks like api.example.com, or *.example.com.", {
      fieldPath: "domainName",
    });
  const parts = input.certificate ?? (await selfSigned(domainName, now));
  const certificate = sealCertificate(actor, { domainName, ...parts }, now);
  await createDomain(actor, domainName, documentOf(domainName, certificate, now));
}

/** A certificate for a name that nobody but its maker vouches for. */
export async function selfSigned(
  domainName: string,
  now: Date,
): Promise<Omit<CertificateInput, "domainName">> {
  const made = await selfSignedCertificate({
    commonName: domainName,
    dnsNames: [domainName],
    from: new Date(now.getTime() - DAY_MS),
    until: new Date(now.getTime() + SELF_SIGNED_DAYS * DAY_MS),
  });
  return { ...made, chainPem: "" };
}

function documentOf(
  domainName: string,
  certificate: NonNullable<DomainDocument["certificate"]>,
  now: Date,
): DomainDocument {
  return {
    domainName,
    domainNameId: null,
    region: "us-east-1",
    certificateName: null,
    certificateArn: null,
    regionalCertificateName: `${domainName}-uploaded`,
    regionalCertificateArn: null,
    certificateAt: now.toISOString(),
    certificate,
    ownershipVerificationCertificateArn: null,
    endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv4", vpcEndpointIds: [] },
    securityPolicy: "TLS_1_2",
    endpointAccessMode: null,
    truststoreUri: null,
    truststoreVersion: null,
    policy: null,
    managementPolicy: null,
    routingMode: "BASE_PATH_MAPPING_ONLY",
  };
}
