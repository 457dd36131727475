import { X509Certificate } from "node:crypto";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { putStoredIn } from "@/server/services/stored-resource/change-stored";
import { lockStored } from "@/server/services/stored-resource/lock-stored";
import type { StoredNews } from "@/server/services/stored-resource/stored-event";
import type { StoredKey } from "@/server/services/stored-resource/stored-resource";
import { write } from "@/server/services/write";
import { type DomainDocument, TLS13_POLICY } from "./domain-document";
import { selfSigned } from "./make-domain";
import { type CertificateInput, certificatesOf, sealCertificate } from "./seal-certificate";

/** Those of AWS's security policies that the console offers. */
export const SECURITY_POLICIES = ["TLS_1_0", "TLS_1_2", TLS13_POLICY] as const;
export type SecurityPolicy = (typeof SECURITY_POLICIES)[number];

/** Quotas of AWS for a truststore. */
const MAX_CERTIFICATES = 1_000;
const MAX_CHARACTERS = 1_048_576;

/** Gives a domain name its certificate; gateways show it from the next connection on. */
export async function setDomainCertificate(actor: Actor, input: CertificateInput): Promise<void> {
  const now = new Date();
  await changeDomain(actor, input.domainName, () => {
    const certificate = sealCertificate(actor, input, now);
    const { subject, issuer, fingerprint256 } = new X509Certificate(certificate.certificatePem);
    const { expiresAt } = certificate;
    return {
      changes: { certificate, certificateAt: now.toISOString() },
      type: "certificate-replaced",
      detail: { certificate: { subject, issuer, expiresAt, fingerprint256 } },
    };
  });
}

/**
 * Sets whose client certificates a domain name takes (PEM). Names whose truststore is at an S3 address keep that address;
 * the others get one that says it is kept here, so that AWS's clients see mutual TLS.
 *
 * INVALID if it is no truststore, or if the name is not regional, which mutual TLS is for; NOT_FOUND.
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
  await changeDomain(actor, domainName, (before) => {
    requireRegional(before);
    return {
      changes: {
        truststorePem: certificates.map(String).join(""),
        truststoreUri: before.truststoreUri ?? `s3://gatehouse/${domainName.toLowerCase()}.pem`,
      },
      type: isMutual(before) ? "truststore-replaced" : "mutual-tls-on",
      detail: { certificates: certificates.length },
    };
  });
}

/** Clients need no certificate any more. */
export async function removeDomainTruststore(
  actor: Actor,
  { domainName }: { domainName: string },
): Promise<void> {
  await changeDomain(actor, domainName, (before) => ({
    changes: { truststorePem: null, truststoreUri: null, truststoreVersion: null },
    type: isMutual(before) ? "mutual-tls-off" : undefined,
  }));
}

/** The lowest TLS version a domain name takes. */
export async function setDomainSecurityPolicy(
  actor: Actor,
  { domainName, securityPolicy }: { domainName: string; securityPolicy: SecurityPolicy },
): Promise<void> {
  await changeDomain(actor, domainName, () => ({
    changes: { securityPolicy },
    type: "security-policy-changed",
  }));
}

/** Gives a domain name another certificate that signs itself. */
export async function renewSelfSigned(
  actor: Actor,
  { domainName }: { domainName: string },
  now = new Date(),
): Promise<void> {
  await setDomainCertificate(actor, { domainName, ...(await selfSigned(domainName.toLowerCase(), now)) });
}

/** AWS's clients could change nothing more of another one that has a truststore. */
function requireRegional({ endpointConfiguration }: DomainDocument): void {
  const [type] = endpointConfiguration.types;
  if (type === "REGIONAL") return;
  throw new ServiceError(
    "INVALID",
    `Mutual TLS is for regional domain names only; the endpoint type of this one is ${type}.`,
  );
}

const isMutual = ({ truststoreUri, truststorePem }: DomainDocument) =>
  Boolean(truststoreUri || truststorePem);

type Change = { changes: Partial<DomainDocument> } & StoredNews;

async function changeDomain(
  actor: Actor,
  domainName: string,
  change: (before: DomainDocument) => Change,
): Promise<void> {
  authorize(actor, "api:write");
  const key: StoredKey = { kind: "domain-name", id: domainName.toLowerCase() };
  await write(actor, async (tx, emit) => {
    const before = await lockStored(tx, actor, key);
    if (!before) throw new ServiceError("NOT_FOUND", "There is no such domain name.");
    const { changes, ...news } = change(before as DomainDocument);
    await putStoredIn({ tx, emit, actor, news }, key, { ...before, ...changes });
  });
}
