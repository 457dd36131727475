import type { Actor } from "@/server/domain/actor";
import { tagFault } from "@/server/domain/check/tag-fault";
import { ServiceError } from "@/server/domain/errors";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import { getStored, type StoredKey } from "@/server/services/stored-resource/stored-resource";
import { findApi } from "./find-api";

type Tags = Record<string, string>;

/** Where AWS's clients keep and read them, too. */
const keyOf = (apiId: string): StoredKey => ({ kind: "tags", id: `/restapis/${apiId}` });

/** An API's tags: they belong to the API, not to its draft, and no deployment has them. */
export async function getApiTags(actor: Actor, { apiId }: { apiId: string }): Promise<Tags> {
  await findApi(actor, apiId);
  return ((await getStored(actor, keyOf(apiId)))?.document ?? {}) as Tags;
}

/** Replaces an API's tags. */
export async function setApiTags(actor: Actor, input: { apiId: string; tags: Tags }): Promise<Tags> {
  const { apiId, tags } = input;
  await findApi(actor, apiId);
  const fault = tagFault(tags);
  if (fault) throw new ServiceError("INVALID", fault.message, { fieldPath: "tags" });
  if (Object.keys(tags).length === 0) await deleteStored(actor, keyOf(apiId));
  else await putStored(actor, keyOf(apiId), tags);
  return tags;
}
