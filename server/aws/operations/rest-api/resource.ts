import { type ApiInput, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { editDraft, readDraft, UNKNOWN_RESOURCE } from "@/server/aws/draft";
import { applyPatch, LISTING_WORDING, type PatchTable } from "@/server/aws/patch/apply-patch";
import { textRule } from "@/server/aws/patch/patch-rules";
import { pageOf } from "@/server/aws/protocol/page";
import { resourceView } from "@/server/aws/views/resource-view";
import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { EditCall } from "@/server/domain/edits/apply-edits";
import { findResource } from "@/server/domain/edits/find-entity";
import type { Resource } from "@/server/gateway/snapshot/api-snapshot";
import { newId } from "@/server/services/new-id";

type ResourceInput = ApiInput & { resourceId: string };
type Embedding = { embed?: string[] };
type Place = { parentId: string | null; pathPart: string };

const RESOURCE_PATCH: PatchTable<Place> = {
  wording: LISTING_WORDING,
  rules: [textRule("parentId"), textRule("pathPart")],
};

export const resourceHandlers: Handlers = {
  GetResources: handler<ApiInput & PageInput & Embedding>(async (call) => {
    const { definition } = await readDraft(call);
    const { item, ...page } = pageOf(byPath(definition), call.input);
    return { item: item.map((resource) => resourceView(definition, resource, call.input.embed)), ...page };
  }),

  GetResource: handler<ResourceInput & Embedding>(async (call) => {
    const { definition } = await readDraft(call, UNKNOWN_RESOURCE);
    return resourceView(definition, findResource(definition, call.input.resourceId), call.input.embed);
  }),

  CreateResource: handler<ApiInput & { parentId: string; pathPart: string }>(async (call) => {
    const id = newId();
    const { parentId, pathPart } = call.input;
    const { definition } = await editDraft(
      call,
      () => [{ name: "create-resource", input: { id, parentId, pathPart } }],
      UNKNOWN_RESOURCE,
    );
    return resourceView(definition, findResource(definition, id));
  }),

  UpdateResource: handler<ResourceInput & PatchInput>(async (call) => {
    const { resourceId, patchOperations } = call.input;
    const { definition } = await editDraft(
      call,
      (draft) => {
        const { parentId, pathPart } = findResource(draft, resourceId);
        // One edit for each operation: each is judged on what the ones before it made.
        return (patchOperations ?? []).map((operation): EditCall => {
          const after = applyPatch(RESOURCE_PATCH, { parentId, pathPart }, [operation]);
          return operation.path === "/parentId"
            ? { name: "move-resource", input: { resourceId, parentId: after.parentId ?? "" } }
            : { name: "rename-resource", input: { resourceId, pathPart: after.pathPart } };
        });
      },
      UNKNOWN_RESOURCE,
    );
    return resourceView(definition, findResource(definition, resourceId));
  }),

  DeleteResource: handler<ResourceInput>(async (call) => {
    const { resourceId } = call.input;
    await editDraft(call, () => [{ name: "delete-resource", input: { resourceId } }], UNKNOWN_RESOURCE);
  }),
};

/** Parents before their children; the definition's own order is that of the database. */
function byPath(definition: ApiDefinition): Resource[] {
  const placed = Object.values(definition.resources).map((resource) => ({
    resource,
    path: resourcePath(definition, resource.id) ?? "",
  }));
  placed.sort((a, b) => (a.path < b.path ? -1 : 1));
  return placed.map(({ resource }) => resource);
}
