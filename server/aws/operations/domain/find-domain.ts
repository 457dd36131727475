import type { Call } from "@/server/aws/call";
import { notFound } from "@/server/aws/protocol/aws-error";
import type { DomainDocument } from "@/server/services/domain-name/domain-document";
import { changeStored } from "@/server/services/stored-resource/change-stored";
import { getStored, type StoredKey } from "@/server/services/stored-resource/stored-resource";

const UNKNOWN = "Invalid domain name identifier specified";

export type DomainInput = { domainName: string; domainNameId?: string };

/** Names are kept by themselves, private ones with their id: `name+id`. */
export const domainKey = (id: string): StoredKey => ({ kind: "domain-name", id });
export const storedId = ({ domainName, domainNameId }: DomainInput) =>
  domainNameId ? `${domainName.toLowerCase()}+${domainNameId}` : domainName.toLowerCase();

/** The domain name of a call, or AWS's 404. */
export async function requireDomain(
  call: Call<DomainInput>,
): Promise<{ id: string; document: DomainDocument }> {
  const stored = await getStored(call.actor, domainKey(storedId(call.input)));
  if (!stored) throw notFound(UNKNOWN);
  return { id: stored.id, document: stored.document as DomainDocument };
}

/** Changes the domain name of a call as it is by then, or throws AWS's 404. */
export async function changeDomain(
  call: Call<DomainInput>,
  change: (before: DomainDocument) => DomainDocument,
): Promise<{ id: string; document: DomainDocument }> {
  const id = storedId(call.input);
  const document = await changeStored(call.actor, domainKey(id), (before) =>
    change(before as DomainDocument),
  );
  if (!document) throw notFound(UNKNOWN);
  return { id, document: document as DomainDocument };
}
