import { type Call, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { readStage } from "@/server/aws/operations/stage/stage-records";
import { applyPatch, type PatchRule, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { badRequest, conflict, notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { ServiceError } from "@/server/domain/errors";
import { findApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import { getStored, listStored, type StoredKey } from "@/server/services/stored-resource/stored-resource";
import { type DomainInput, requireDomain } from "./find-domain";

type Mapping = { basePath: string; restApiId: string; stage: string | null };
type MappingInput = DomainInput & { basePath: string };
type CreateInput = DomainInput & { basePath?: string; restApiId: string; stage?: string };

/** AWS's name of the empty base path. */
const NONE = "(none)";

const MAPPING_PATCH: PatchTable<Mapping> = {
  wording: PLAIN_WORDING,
  // The reference has `/basepath`; clients also send the members' names.
  rules: [
    ...["/basepath", "/basePath"].map((path) => rule(path, "basePath")),
    ...["/restapiId", "/restApiId"].map((path) => rule(path, "restApiId")),
    rule("/stage", "stage"),
  ],
};

export const basePathMappingHandlers: Handlers = {
  CreateBasePathMapping: handler<CreateInput>(async (call) => {
    const { id: parentId } = await requireDomain(call);
    const { basePath, restApiId, stage = null } = call.input;
    const mapping: Mapping = { basePath: basePath || NONE, restApiId, stage };
    await checkMapping(call, mapping);
    await refuseTaken(call, keyOf(parentId, mapping.basePath));
    await putStored(call.actor, keyOf(parentId, mapping.basePath), mapping);
    return mappingView(mapping);
  }),

  GetBasePathMappings: handler<DomainInput & PageInput>(async (call) => {
    const { id: parentId } = await requireDomain(call);
    const { item, ...page } = pageOf(
      await listStored(call.actor, { kind: "base-path-mapping", parentId }),
      call.input,
    );
    return { item: item.map(({ document }) => mappingView(document as Mapping)), ...page };
  }),

  GetBasePathMapping: handler<MappingInput>(async (call) =>
    mappingView((await requireMapping(call)).mapping),
  ),

  UpdateBasePathMapping: handler<MappingInput & PatchInput>(async (call) => {
    const { parentId, mapping: before } = await requireMapping(call);
    const mapping = applyPatch(MAPPING_PATCH, before, call.input.patchOperations);
    mapping.basePath ||= NONE;
    mapping.stage ||= null;
    await checkMapping(call, mapping);
    const isMoved = mapping.basePath !== before.basePath;
    if (isMoved) await refuseTaken(call, keyOf(parentId, mapping.basePath));
    await putStored(call.actor, keyOf(parentId, mapping.basePath), mapping);
    if (isMoved) await deleteStored(call.actor, keyOf(parentId, before.basePath));
    return mappingView(mapping);
  }),

  DeleteBasePathMapping: handler<MappingInput>(async (call) => {
    const { parentId, mapping } = await requireMapping(call);
    await deleteStored(call.actor, keyOf(parentId, mapping.basePath));
  }),
};

const keyOf = (parentId: string, id: string): StoredKey => ({ kind: "base-path-mapping", parentId, id });

function rule(path: string, name: keyof Mapping): PatchRule<Mapping> {
  return {
    path,
    ops: ["replace"],
    apply: (mapping, { value = "" }) => {
      mapping[name] = value;
    },
  };
}

async function requireMapping(call: Call<MappingInput>): Promise<{ parentId: string; mapping: Mapping }> {
  const { id: parentId } = await requireDomain(call);
  const stored = await getStored(call.actor, keyOf(parentId, call.input.basePath));
  if (!stored) throw notFound("Invalid base path mapping identifier specified");
  return { parentId, mapping: stored.document as Mapping };
}

async function refuseTaken(call: Call<unknown>, key: StoredKey): Promise<void> {
  if (await getStored(call.actor, key)) throw conflict("Base path already exists for this domain name");
}

async function checkMapping(call: Call<unknown>, { basePath, restApiId, stage }: Mapping): Promise<void> {
  authorize(call.actor, "api:read");
  if (basePath.includes("/")) {
    throw badRequest(
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.",
    );
  }
  if (basePath !== NONE && !/^[A-Za-z0-9$_.+!*'()-]{1,300}$/.test(basePath))
    throw badRequest("Invalid base path specified");
  await findApi(call.actor, restApiId).catch((error) => {
    if (!(error instanceof ServiceError) || error.code !== "NOT_FOUND") throw error;
    throw badRequest("Invalid REST API identifier specified");
  });
  if (stage !== null && !(await readStage(call, { apiId: restApiId, stageName: stage })))
    throw badRequest("Invalid stage identifier specified");
}

function mappingView({ basePath, restApiId, stage }: Mapping) {
  return { basePath, restApiId, stage: stage ?? undefined };
}
