import { clientCertificateSecretId } from "@/server/adapters/certificates/client-certificates";
import { domainSecretId } from "@/server/adapters/certificates/domain-secret-id";
import { functionSecretId } from "@/server/adapters/functions/function-endpoints";
import type { Transaction } from "@/server/db/client";
import { createSecretBox } from "@/server/db/secret-box";
import { ServiceError } from "@/server/domain/errors";
import { boxKey } from "@/server/env";

type Secrets = { from: string; to: string };

/** Seals everything anew that was sealed under another instance's secret. INVALID if something does not open. */
export async function resealSecrets(tx: Transaction, secrets: Secrets): Promise<void> {
  const reseal = resealer(secrets, "access-key");
  const resealValue = resealer(secrets, "api-key");
  // As SQL: this is no change of the rows, whose times stay.
  for (const { id, valueCipher } of await tx.apiKey.findMany({ select: { id: true, valueCipher: true } })) {
    if (!valueCipher) continue;
    const sealed = resealValue(valueCipher, id);
    await tx.$executeRaw`UPDATE "ApiKey" SET "valueCipher" = ${sealed} WHERE id = ${id}`;
  }
  for (const { id, secretCipher } of await tx.accessKey.findMany()) {
    const sealed = reseal(secretCipher, id);
    await tx.$executeRaw`UPDATE "AccessKey" SET "secretCipher" = ${sealed} WHERE id = ${id}`;
  }
  for (const { workspaceId, secretCipher } of await tx.functionEndpoint.findMany()) {
    if (secretCipher === "") continue;
    const sealed = reseal(secretCipher, functionSecretId(workspaceId));
    await tx.$executeRaw`UPDATE "FunctionEndpoint" SET "secretCipher" = ${sealed} WHERE "workspaceId" = ${workspaceId}`;
  }
  await resealStored(tx, reseal);
}

/** Private keys of domain names and client certificates lie in documents. */
async function resealStored(tx: Transaction, reseal: (sealed: string, id: string) => string): Promise<void> {
  const rows = await tx.storedResource.findMany({
    where: { kind: { in: ["domain-name", "client-certificate"] } },
  });
  for (const { workspaceId, kind, parentId, id, document: stored } of rows) {
    const document = stored as { keyCipher?: string; certificate?: { keyCipher?: string } };
    const { certificate, keyCipher } = document;
    const changed = { ...document };
    if (kind === "client-certificate" && keyCipher) {
      changed.keyCipher = reseal(keyCipher, clientCertificateSecretId(id));
    } else if (kind === "domain-name" && certificate?.keyCipher) {
      const sealed = reseal(certificate.keyCipher, domainSecretId(workspaceId, id));
      changed.certificate = { ...certificate, keyCipher: sealed };
    } else continue;
    await tx.$executeRaw`UPDATE "StoredResource" SET document = ${JSON.stringify(changed)}::jsonb
      WHERE "workspaceId" = ${workspaceId} AND kind = ${kind} AND "parentId" = ${parentId} AND id = ${id}`;
  }
}

function resealer({ from, to }: Secrets, purpose: string) {
  const [before, after] = [createSecretBox(boxKey(from, purpose)), createSecretBox(boxKey(to, purpose))];
  return (sealed: string, id: string): string => {
    const secret = before.open(sealed, id);
    if (secret !== null) return after.seal(secret, id);
    throw new ServiceError(
      "INVALID",
      "A secret of the backup does not open with the backup's own GATEHOUSE_SECRET",
    );
  };
}
