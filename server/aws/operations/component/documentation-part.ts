import { type ApiInput, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { editDraft, readDraft, unknownAs } from "@/server/aws/draft";
import { applyPatch, LISTING_WORDING, type PatchTable } from "@/server/aws/patch/apply-patch";
import { textRule } from "@/server/aws/patch/patch-rules";
import { notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { present } from "@/server/aws/views/present";
import type { ApiDefinition } from "@/server/domain/definition";
import { locationKey } from "@/server/domain/documentation/part-location";
import { readAwsDocumentation } from "@/server/domain/openapi/aws-import";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import { newId } from "@/server/services/new-id";

type PartInput = ApiInput & { documentationPartId: string };
type ListInput = ApiInput &
  PageInput & { type?: string; name?: string; path?: string; locationStatus?: string };

type ImportInput = ApiInput & { body: string; mode?: "merge" | "overwrite"; failonwarnings?: boolean };

const UNKNOWN = "Invalid Documentation part identifier specified";
const UNKNOWN_PART = unknownAs("NotFoundException", UNKNOWN);

const PART_PATCH: PatchTable<Pick<DocumentationPart, "properties">> = {
  wording: LISTING_WORDING,
  rules: [textRule("properties")],
};

export const documentationPartHandlers: Handlers = {
  CreateDocumentationPart: handler<ApiInput & Omit<DocumentationPart, "id">>(async (call) => {
    const { location, properties } = call.input;
    const part = { id: newId(), location, properties };
    const { definition } = await editDraft(call, () => [{ name: "put-documentation-part", input: { part } }]);
    return partView(findPart(definition, part.id));
  }),

  GetDocumentationParts: handler<ListInput>(async (call) => {
    const { definition } = await readDraft(call);
    const { type, name, path, locationStatus } = call.input;
    // Parts that are not written yet are not parts here: only documented places are listed.
    const parts = locationStatus === "UNDOCUMENTED" ? [] : definition.documentationParts;
    const { item, ...page } = pageOf(
      parts.filter(
        ({ location }) =>
          (type === undefined || location.type === type) &&
          (name === undefined || location.name === name) &&
          (path === undefined || location.path === path),
      ),
      call.input,
    );
    return { item: item.map(partView), ...page };
  }),

  ImportDocumentationParts: handler<ImportInput>(async (call) => {
    const { body, mode = "merge", failonwarnings: failOnWarnings } = call.input;
    const { parts, warnings } = readAwsDocumentation({ body, ids: () => newId(), failOnWarnings });
    const { definition } = await editDraft(call, () => [
      { name: "import-documentation-parts", input: { parts, mode } },
    ]);
    const places = new Set(parts.map(({ location }) => locationKey(location)));
    const imported = definition.documentationParts.filter(({ location }) =>
      places.has(locationKey(location)),
    );
    return { ids: imported.map(({ id }) => id), warnings };
  }),

  GetDocumentationPart: handler<PartInput>(async (call) => {
    const { definition } = await readDraft(call, UNKNOWN_PART);
    return partView(findPart(definition, call.input.documentationPartId));
  }),

  UpdateDocumentationPart: handler<PartInput & PatchInput>(async (call) => {
    const { documentationPartId: id, patchOperations } = call.input;
    const { definition } = await editDraft(
      call,
      (draft) => {
        const before = findPart(draft, id);
        const { properties } = applyPatch(PART_PATCH, { properties: before.properties }, patchOperations);
        return [{ name: "put-documentation-part", input: { part: { ...before, properties } } }];
      },
      UNKNOWN_PART,
    );
    return partView(findPart(definition, id));
  }),

  DeleteDocumentationPart: handler<PartInput>(async (call) => {
    const { documentationPartId: id } = call.input;
    await editDraft(call, () => [{ name: "delete-documentation-part", input: { id } }]);
  }),
};

function findPart({ documentationParts }: ApiDefinition, id: string): DocumentationPart {
  const part = documentationParts.find((one) => one.id === id);
  if (!part) throw notFound(UNKNOWN);
  return part;
}

function partView({ id, location, properties }: DocumentationPart) {
  const { type, path, method, statusCode, name } = location;
  return {
    id,
    location: {
      type,
      path: present(path),
      method: present(method),
      statusCode: present(statusCode),
      name: present(name),
    },
    properties,
  };
}
