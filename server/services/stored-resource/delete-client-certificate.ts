import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { deleteStoredIn } from "./change-stored";
import { clientCertificateUses, lockClientCertificate } from "./client-certificate-use";

/** Deletes a certificate no stage shows. NOT_FOUND; CONFLICT if one does: its back ends would refuse the stage's requests. */
export async function deleteClientCertificate(actor: Actor, id: string): Promise<void> {
  authorize(actor, "api:write");
  await write(actor, async (tx, emit) => {
    if (!(await lockClientCertificate(tx, actor, id)))
      throw new ServiceError("NOT_FOUND", "There is no such client certificate.");
    const uses = (await clientCertificateUses(tx, actor)).get(id) ?? [];
    if (uses.length > 0) {
      const names = uses.map(({ apiName, stageName }) => `${apiName} › ${stageName}`).join(", ");
      throw new ServiceError("CONFLICT", `The client certificate is shown to back ends by ${names}.`);
    }
    await deleteStoredIn({ tx, emit, actor }, { kind: "client-certificate", id });
  });
}
