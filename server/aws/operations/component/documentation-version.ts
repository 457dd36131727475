import {
  type ApiInput,
  type Call,
  type Handlers,
  handler,
  type PageInput,
  type PatchInput,
} from "@/server/aws/call";
import { readDraft } from "@/server/aws/draft";
import { readStage, saveExtras } from "@/server/aws/operations/stage/stage-records";
import { applyPatch, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { textRule } from "@/server/aws/patch/patch-rules";
import { conflict, notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { present } from "@/server/aws/views/present";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import {
  getStored,
  listStored,
  type Stored,
  type StoredKey,
} from "@/server/services/stored-resource/stored-resource";

type VersionInput = ApiInput & { documentationVersion: string };
type Version = { description: string; parts: unknown };

const VERSION_PATCH: PatchTable<Version> = { wording: PLAIN_WORDING, rules: [textRule("description")] };

/** A version is the documentation parts as they were when it was made, kept under its name. */
export const documentationVersionHandlers: Handlers = {
  CreateDocumentationVersion: handler<VersionInput & { stageName?: string; description?: string }>(
    async (call) => {
      const { definition } = await readDraft(call);
      const { restApiId: apiId, stageName, documentationVersion, description = "" } = call.input;
      if (await getStored(call.actor, keyOf(call))) {
        throw conflict(`Documentation version already exists: ${documentationVersion}`);
      }
      const version: Version = { description, parts: definition.documentationParts };
      const stage = stageName ? await readStage(call, { apiId, stageName }) : null;
      if (stageName && !stage) throw notFound("Invalid stage identifier specified");
      await putStored(call.actor, keyOf(call), version);
      if (stage) {
        const name = { apiId, stageName: stage.name };
        await saveExtras(call, name, (extras) => ({ ...extras, documentationVersion }));
      }
      return versionView(await requireVersion(call));
    },
  ),

  GetDocumentationVersions: handler<ApiInput & PageInput>(async (call) => {
    await readDraft(call);
    const { restApiId: parentId } = call.input;
    const versions = await listStored(call.actor, { kind: "documentation-version", parentId });
    const { item, ...page } = pageOf(versions, call.input);
    return { item: item.map(versionView), ...page };
  }),

  GetDocumentationVersion: handler<VersionInput>(async (call) => versionView(await requireVersion(call))),

  UpdateDocumentationVersion: handler<VersionInput & PatchInput>(async (call) => {
    const { document } = await requireVersion(call);
    await putStored(
      call.actor,
      keyOf(call),
      applyPatch(VERSION_PATCH, document as Version, call.input.patchOperations),
    );
    return versionView(await requireVersion(call));
  }),

  DeleteDocumentationVersion: handler<VersionInput>(async (call) => {
    await requireVersion(call);
    await deleteStored(call.actor, keyOf(call));
  }),
};

const keyOf = ({ input }: Call<VersionInput>): StoredKey => ({
  kind: "documentation-version",
  parentId: input.restApiId,
  id: input.documentationVersion,
});

async function requireVersion(call: Call<VersionInput>): Promise<Stored> {
  await readDraft(call);
  const version = await getStored(call.actor, keyOf(call));
  if (!version) throw notFound("Invalid Documentation version specified");
  return version;
}

function versionView({ id, document, createdAt }: Stored) {
  return { version: id, createdDate: createdAt, description: present((document as Version).description) };
}
