import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { lockStage } from "@/server/services/stage/find-stage";
import { deleteStoredIn, putStoredIn } from "@/server/services/stored-resource/change-stored";
import { lockStored } from "@/server/services/stored-resource/lock-stored";
import { type StoredKey, storedWhere } from "@/server/services/stored-resource/stored-resource";
import { write } from "@/server/services/write";

export type MappingInput = {
  domainName: string;
  /** Parts separated by slashes, none around them; "" is the root. */
  basePath: string;
  apiId: string;
  /** Null: the next part of the path names it. */
  stageName: string | null;
  /** The base path it had until now; null for a new mapping. */
  before: string | null;
};

const PART = /^[A-Za-z0-9$_.+!*'()-]{1,300}$/;
/** AWS's name of the empty base path. */
const NONE = "(none)";

const keyOf = (domainName: string, basePath: string): StoredKey => ({
  kind: "base-path-mapping",
  parentId: domainName.toLowerCase(),
  id: basePath || NONE,
});

/** Maps a base path of a domain name to a stage. INVALID, NOT_FOUND, or CONFLICT if the path is mapped already. */
export async function putMapping(actor: Actor, input: MappingInput): Promise<void> {
  authorize(actor, "api:write");
  const { domainName, apiId, stageName, before } = input;
  const basePath = input.basePath.trim().replace(/^\/+|\/+$/g, "");
  if (basePath !== "" && !basePath.split("/").every((part) => PART.test(part)))
    throw new ServiceError("INVALID", "A base path has letters, digits and $-_.+!*'() between its slashes.", {
      fieldPath: "basePath",
    });
  const key = keyOf(domainName, basePath);
  await requireApi(actor, apiId);
  await write(actor, async (tx, emit) => {
    if (!(await lockStored(tx, actor, { kind: "domain-name", id: domainName.toLowerCase() })))
      throw new ServiceError("NOT_FOUND", "There is no such domain name.");
    if (stageName !== null) await lockStage(tx, actor, { apiId, stageName });
    const isNew = before === null || before !== basePath;
    if (
      isNew &&
      (await tx.storedResource.findUnique({ where: storedWhere(actor, key), select: { id: true } }))
    )
      throw new ServiceError("CONFLICT", "This base path is mapped already.", { fieldPath: "basePath" });
    const scope = { tx, emit, actor };
    const mapping = { basePath: basePath || NONE, restApiId: apiId, stage: stageName };
    if (!isNew || before === null) return putStoredIn(scope, key, mapping);
    const moved = await lockStored(tx, actor, keyOf(domainName, before));
    const news = moved ? { type: "changed", detail: { before: moved } } : undefined;
    await putStoredIn({ ...scope, news }, key, mapping);
    // It is one change, which is told already.
    await deleteStoredIn({ ...scope, emit: async () => {} }, keyOf(domainName, before));
  });
}

/** NOT_FOUND if there is no such mapping. */
export async function removeMapping(
  actor: Actor,
  { domainName, basePath }: { domainName: string; basePath: string },
): Promise<void> {
  authorize(actor, "api:write");
  await write(actor, async (tx, emit) => {
    if (!(await deleteStoredIn({ tx, emit, actor }, keyOf(domainName, basePath))))
      throw new ServiceError("NOT_FOUND", "There is no such mapping.");
  });
}
