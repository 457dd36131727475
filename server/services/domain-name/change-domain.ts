import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { changeStored } from "@/server/services/stored-resource/change-stored";
import type { StoredDocument, StoredKey } from "@/server/services/stored-resource/stored-resource";
import { selfSigned } from "./make-domain";
import { type CertificateInput, certificatesOf, sealCertificate } from "./seal-certificate";

export const SECURITY_POLICIES = ["TLS_1_0", "TLS_1_2", "TLS_1_3"] as const;
export type SecurityPolicy = (typeof SECURITY_POLICIES)[number];

/** Quotas of AWS for a truststore. */
const MAX_CERTIFICATES = 1_000;
const MAX_CHARACTERS = 1_048_576;

/** Gives a domain name its certificate; gateways show it from the next connection on. */
export async function setDomainCertificate(actor: Actor, input: CertificateInput): Promise<void> {
  const now = new Date();
  await changeDomain(actor, input.domainName, () => ({
    certificate: sealCertificate(actor, input, now),
    certificateAt: now.toISOString(),
  }));
}

/**
 * Sets whose client certificates a domain name takes (PEM). Names whose truststore is at an S3 address keep that address;
 * the others get one that says it is kept here, so that AWS's clients see mutual TLS.
 */
export async function setDomainTruststore(
  actor: Actor,
  { domainName, truststorePem }: { domainName: string; truststorePem: string },
): Promise<void> {
  const certificates = certificatesOf(truststorePem, "truststorePem");
  if (
    certificates.length === 0 ||
    certificates.length > MAX_CERTIFICATES ||
    truststorePem.length > MAX_CHARACTERS
  )
    throw new ServiceError("INVALID", "A truststore has 1 to 1,000 PEM certificates and at most 1 MB.", {
      fieldPath: "truststorePem",
    });
  await changeDomain(actor, domainName, ({ truststoreUri }) => ({
    truststorePem: certificates.map(String).join(""),
    truststoreUri: truststoreUri ?? `s3://gatehouse/${domainName.toLowerCase()}.pem`,
  }));
}

/** Clients need no certificate any more. */
export async function removeDomainTruststore(
  actor: Actor,
  { domainName }: { domainName: string },
): Promise<void> {
  await changeDomain(actor, domainName, () => ({
    truststorePem: null,
    truststoreUri: null,
    truststoreVersion: null,
  }));
}

/** The lowest TLS version a domain name takes. */
export async function setDomainSecurityPolicy(
  actor: Actor,
  { domainName, securityPolicy }: { domainName: string; securityPolicy: SecurityPolicy },
): Promise<void> {
  await changeDomain(actor, domainName, () => ({ securityPolicy }));
}

/** Gives a domain name another certificate that signs itself. */
export async function renewSelfSigned(
  actor: Actor,
  { domainName }: { domainName: string },
  now = new Date(),
): Promise<void> {
  await setDomainCertificate(actor, { domainName, ...(await selfSigned(domainName.toLowerCase(), now)) });
}

async function changeDomain(
  actor: Actor,
  domainName: string,
  changes: (document: StoredDocument) => StoredDocument,
): Promise<void> {
  const key: StoredKey = { kind: "domain-name", id: domainName.toLowerCase() };
  const changed = await changeStored(actor, key, (document) => ({ ...document, ...changes(document) }));
  if (!changed) throw new ServiceError("NOT_FOUND", "There is no such domain name.");
}
