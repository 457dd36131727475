import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { putStoredIn } from "@/server/services/stored-resource/change-stored";
import { write } from "@/server/services/write";
import { claimDomainName } from "./claim-domain-name";
import type { DomainDocument } from "./domain-document";

/** Keeps a new domain name under `id` (its name in lower case). CONFLICT if it is taken, by whomever. */
export async function createDomain(actor: Actor, id: string, document: DomainDocument): Promise<void> {
  authorize(actor, "api:write");
  await write(actor, async (tx, emit) => {
    await claimDomainName(tx, actor, id);
    await putStoredIn({ tx, emit, actor }, { kind: "domain-name", id }, document);
  });
}
