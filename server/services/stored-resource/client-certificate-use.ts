import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { lockStored } from "./lock-stored";

/** Locks a certificate, so that it cannot go before the caller is done; false if the workspace has none of that id. */
export async function lockClientCertificate(tx: Transaction, actor: Actor, id: string): Promise<boolean> {
  return (await lockStored(tx, actor, { kind: "client-certificate", id })) !== null;
}

/** As lockClientCertificate; throws INVALID if there is none. */
export async function requireClientCertificate(tx: Transaction, actor: Actor, id: string): Promise<void> {
  if (await lockClientCertificate(tx, actor, id)) return;
  throw new ServiceError("INVALID", "Invalid Client Certificate identifier specified", {
    fieldPath: "clientCertificateId",
  });
}

export type CertificateUse = { apiId: string; apiName: string; stageName: string };

/** The stages that show a certificate to their back ends, by its id. */
export async function clientCertificateUses(
  tx: Pick<Transaction, "stage">,
  { workspaceId }: Actor,
): Promise<Map<string, CertificateUse[]>> {
  const stages = await tx.stage.findMany({
    where: { api: { workspaceId, deletedAt: null } },
    select: { apiId: true, name: true, config: true, api: { select: { name: true } } },
    orderBy: [{ apiId: "asc" }, { name: "asc" }],
  });
  const uses = new Map<string, CertificateUse[]>();
  for (const { apiId, name, config, api } of stages) {
    const { clientCertificateId } = config as { clientCertificateId?: string | null };
    if (!clientCertificateId) continue;
    const of = uses.get(clientCertificateId) ?? [];
    uses.set(clientCertificateId, [...of, { apiId, apiName: api.name, stageName: name }]);
  }
  return uses;
}
