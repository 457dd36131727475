import { createHash, generateKeyPair, type KeyObject, randomBytes, sign } from "node:crypto";
import { promisify } from "node:util";
import { bits, der, integer, nothing, octets, oid, sequence, set, tagged, time, utf8, yes } from "./der";

const SHA256_WITH_RSA = () => sequence(oid("1.2.840.113549.1.1.11"), nothing());
const COMMON_NAME = "2.5.4.3";
const ORGANIZATION = "2.5.4.10";

export type CertifiedKey = { certificatePem: string /** PKCS #8. */; privateKeyPem: string };

type CertificateSubject = { commonName: string; from: Date; until: Date; dnsNames?: readonly string[] };

/**
 * A new RSA key of 2048 bits and a certificate (X.509 v3) that it signs itself: for a TLS client, or with
 * `dnsNames` for a server of these names.
 */
export async function selfSignedCertificate(input: CertificateSubject): Promise<CertifiedKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const body = certificateBody({ ...input, publicKey });
  const signature = sign("sha256", body, privateKey);
  const certificate = sequence(body, SHA256_WITH_RSA(), bits(signature));
  return {
    certificatePem: pem("CERTIFICATE", certificate),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** What is signed: RFC 5280, 4.1. */
function certificateBody(of: CertificateSubject & { publicKey: KeyObject }): Buffer {
  const name = sequence(attribute(ORGANIZATION, "Gatehouse"), attribute(COMMON_NAME, of.commonName));
  const key = of.publicKey.export({ type: "spki", format: "der" });
  return sequence(
    tagged(0, integer(Buffer.of(2))),
    integer(randomBytes(16)),
    SHA256_WITH_RSA(),
    name,
    sequence(time(of.from), time(of.until)),
    name,
    key,
    tagged(3, sequence(...extensions(key, of.dnsNames ?? []))),
  );
}

function extensions(key: Uint8Array, dnsNames: readonly string[]): Buffer[] {
  const signatureAndCertificates = bits(Buffer.of(0x84), 2);
  const isServer = dnsNames.length > 0;
  const purpose = oid(isServer ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2");
  const names = dnsNames.map((name) => der(0x82, Buffer.from(name)));
  const critical = (id: string, value: Buffer) => sequence(oid(id), yes(), octets(value));
  const optional = (id: string, value: Buffer) => sequence(oid(id), octets(value));
  return [
    // An authority for itself: back ends put it among those they trust, and many take only authorities there.
    critical("2.5.29.19", sequence(yes())),
    critical("2.5.29.15", signatureAndCertificates),
    optional("2.5.29.37", sequence(purpose)),
    ...(isServer ? [optional("2.5.29.17", sequence(...names))] : []),
    optional("2.5.29.14", octets(createHash("sha256").update(key).digest().subarray(0, 20))),
  ];
}

const attribute = (id: string, value: string) => set(sequence(oid(id), utf8(value)));

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
