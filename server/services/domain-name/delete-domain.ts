import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { deleteStoredIn } from "@/server/services/stored-resource/change-stored";
import { lockStored } from "@/server/services/stored-resource/lock-stored";
import { write } from "@/server/services/write";

/** Deletes a domain name (`id`: in lower case) with its mappings. NOT_FOUND if there is none. */
export async function deleteDomain(actor: Actor, id: string): Promise<void> {
  authorize(actor, "api:write");
  await write(actor, async (tx, emit) => {
    const { workspaceId } = actor;
    // No mapping comes in between: it would wait for the next one who has the name in this workspace.
    await lockStored(tx, actor, { kind: "domain-name", id });
    const where = { workspaceId, kind: "base-path-mapping", parentId: id };
    const { count: mappings } = await tx.storedResource.deleteMany({ where });
    const scope = { tx, emit, actor, news: { detail: { mappings } } };
    if (!(await deleteStoredIn(scope, { kind: "domain-name", id })))
      throw new ServiceError("NOT_FOUND", "There is no such domain name.");
  });
}
