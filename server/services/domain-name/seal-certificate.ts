import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { domainSecretId } from "@/server/adapters/certificates/domain-secret-id";
import { accessKeyBox } from "@/server/db/secret-box";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";

export type CertificateInput = {
  domainName: string;
  certificatePem: string;
  /** The authorities between the certificate and a root, in order; "" is none. */
  chainPem: string;
  privateKeyPem: string;
};

/** A certificate as it is kept with its domain name: the key sealed, everything else public. */
export type SealedCertificate = {
  certificatePem: string;
  chainPem: string;
  keyCipher: string;
  /** ISO 8601. */
  expiresAt: string;
};

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Checks a certificate that is imported, and seals its key. Throws INVALID with what is wrong, one thing at a time. */
export function sealCertificate(actor: Actor, input: CertificateInput, now: Date): SealedCertificate {
  const [certificate, ...more] = certificatesOf(input.certificatePem, "certificatePem");
  if (!certificate) throw invalid("certificatePem", "The certificate is not a PEM certificate.");
  if (more.length > 0) throw invalid("certificatePem", "Put the other certificates into the chain.");
  const key = privateKeyOf(input.privateKeyPem);
  if (!certificate.checkPrivateKey(key))
    throw invalid("privateKeyPem", "The private key does not belong to the certificate.");
  checkTime(certificate, "certificatePem", now);
  const chain = certificatesOf(input.chainPem, "chainPem");
  if (chain.length === 0 && input.chainPem.trim() !== "")
    throw invalid("chainPem", "The chain holds no PEM certificate.");
  checkChain(certificate, chain, now);
  const privateKeyPem = key.export({ type: "pkcs8", format: "pem" }).toString();
  const domainName = input.domainName.toLowerCase();
  return {
    certificatePem: certificate.toString(),
    chainPem: chain.map(String).join(""),
    keyCipher: accessKeyBox().seal(privateKeyPem, domainSecretId(actor.workspaceId, domainName)),
    expiresAt: new Date(certificate.validTo).toISOString(),
  };
}

/** The certificates of a PEM text. Throws INVALID if one cannot be read. */
export function certificatesOf(pem: string, fieldPath: string): X509Certificate[] {
  return [...pem.matchAll(PEM_BLOCK)].map(([block], index) => {
    try {
      return new X509Certificate(block);
    } catch {
      throw invalid(fieldPath, `Certificate ${index + 1} cannot be read.`);
    }
  });
}

function privateKeyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw invalid("privateKeyPem", "The private key is not a PEM key without a passphrase.");
  }
}

function checkChain(certificate: X509Certificate, chain: readonly X509Certificate[], now: Date): void {
  let before = certificate;
  for (const [index, issuer] of chain.entries()) {
    if (!before.checkIssued(issuer) || !before.verify(issuer.publicKey))
      throw invalid(
        "chainPem",
        `The chain is broken: certificate ${index + 1} did not issue the one before it.`,
      );
    checkTime(issuer, "chainPem", now);
    before = issuer;
  }
}

function checkTime({ validFrom, validTo }: X509Certificate, fieldPath: string, now: Date): void {
  if (Date.parse(validTo) <= now.getTime())
    throw invalid(fieldPath, `The certificate expired on ${validTo}.`);
  if (Date.parse(validFrom) > now.getTime())
    throw invalid(fieldPath, `The certificate is not valid before ${validFrom}.`);
}

const invalid = (fieldPath: string, text: string) => new ServiceError("INVALID", text, { fieldPath });
