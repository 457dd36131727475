import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { type CertificateUse, clientCertificateUses } from "./client-certificate-use";
import type { ClientCertificate } from "./create-client-certificate";
import { listStored } from "./stored-resource";

export type ClientCertificateView = {
  id: string;
  description: string;
  certificatePem: string;
  createdAt: Date;
  /** ISO 8601. */
  expiresAt: string;
  /** Stages that show it. */
  uses: CertificateUse[];
};

/** The workspace's certificates for back ends, newest first. */
export async function listClientCertificates(actor: Actor): Promise<ClientCertificateView[]> {
  const [all, uses] = await Promise.all([
    listStored(actor, { kind: "client-certificate" }),
    clientCertificateUses(database(), actor),
  ]);
  return all.reverse().map(({ id, document, createdAt }) => {
    const { description, certificatePem, expiresAt } = document as ClientCertificate;
    return { id, description, certificatePem, createdAt, expiresAt, uses: uses.get(id) ?? [] };
  });
}
