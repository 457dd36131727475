import { clientCertificateSecretId } from "@/server/adapters/certificates/client-certificates";
import { selfSignedCertificate } from "@/server/adapters/certificates/self-signed-certificate";
import { accessKeyBox } from "@/server/db/secret-box";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { newId } from "@/server/services/new-id";
import { putStored } from "./change-stored";

export type ClientCertificate = {
  description: string;
  certificatePem: string;
  /** Sealed under `client-certificate/ID`; nothing gives it out. */
  keyCipher: string;
  expiresAt: string;
};

const VALID_MS = 365 * 86_400_000;

/** Makes a key and its certificate of a year, and keeps both, the key sealed. */
export async function createCertificate(
  actor: Actor,
  { description }: { description: string },
  now: Date = new Date(),
): Promise<{ id: string }> {
  authorize(actor, "api:write");
  const id = newId();
  const until = new Date(now.getTime() + VALID_MS);
  const made = await selfSignedCertificate({ commonName: "ApiGateway", from: now, until });
  const { certificatePem, privateKeyPem } = made;
  const keyCipher = accessKeyBox().seal(privateKeyPem, clientCertificateSecretId(id));
  const certificate: ClientCertificate = {
    description,
    certificatePem,
    keyCipher,
    expiresAt: until.toISOString(),
  };
  await putStored(actor, { kind: "client-certificate", id }, certificate);
  return { id };
}
