import { createHash } from "node:crypto";
import {
  type ApiInput,
  type Call,
  type Handlers,
  handler,
  type PageInput,
  type PatchInput,
} from "@/server/aws/call";
import { editDraft, readDraft, type UnknownApi } from "@/server/aws/draft";
import { applyPatch, LISTING_WORDING, type PatchTable } from "@/server/aws/patch/apply-patch";
import { textRule } from "@/server/aws/patch/patch-rules";
import { notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { present } from "@/server/aws/views/present";
import type { ApiDefinition } from "@/server/domain/definition";
import { flattenModel } from "@/server/domain/model/flatten-model";
import { modelTemplate } from "@/server/domain/model/model-template";
import { ownEntry } from "@/server/domain/own-entry";
import type { Model } from "@/server/gateway/snapshot/api-snapshot";

type ModelInput = ApiInput & { modelName: string };
type CreateInput = ApiInput & { name: string; description?: string; schema?: string; contentType: string };

const MODEL_PATCH: PatchTable<Pick<Model, "description" | "schema">> = {
  wording: LISTING_WORDING,
  rules: [textRule("description"), textRule("schema")],
};

export const modelHandlers: Handlers = {
  CreateModel: handler<CreateInput>(async (call) => {
    const { restApiId, name, description = "", schema = "", contentType } = call.input;
    const model = { name, description, schema, contentType };
    const { definition } = await editDraft(call, () => [
      { name: "put-model", input: { model, onlyIfNew: true } },
    ]);
    return modelView(restApiId, findModel(definition, name));
  }),

  GetModels: handler<ApiInput & PageInput>(async (call) => {
    const { id, definition } = await readDraft(call);
    const models = Object.values(definition.models).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const { item, ...page } = pageOf(models, call.input);
    return { item: item.map((model) => modelView(id, model)), ...page };
  }),

  GetModel: handler<ModelInput & { flatten?: boolean }>(async (call) => {
    const { id, definition } = await readDraft(call, unknownModel);
    const model = findModel(definition, call.input.modelName);
    return modelView(id, call.input.flatten ? flattenModel(definition, model) : model);
  }),

  GetModelTemplate: handler<ModelInput>(async (call) => {
    const { definition } = await readDraft(call, unknownModel);
    const model = findModel(definition, call.input.modelName);
    return { value: modelTemplate(flattenModel(definition, model).schema) };
  }),

  UpdateModel: handler<ModelInput & PatchInput>(async (call) => {
    const { modelName, patchOperations } = call.input;
    const { id, definition } = await editDraft(
      call,
      (draft) => {
        const model = findModel(draft, modelName);
        const { description, schema } = applyPatch(MODEL_PATCH, model, patchOperations);
        return [{ name: "put-model", input: { model: { ...model, description, schema } } }];
      },
      unknownModel,
    );
    return modelView(id, findModel(definition, modelName));
  }),

  DeleteModel: handler<ModelInput>(async (call) => {
    const { modelName: name } = call.input;
    await editDraft(call, () => [{ name: "delete-model", input: { name } }], unknownModel);
  }),
};

const noModel = (name: string) => notFound(`Invalid model name specified: ${name}`);
const unknownModel: UnknownApi = (call) => noModel((call as Call<ModelInput>).input.modelName);

function findModel(definition: ApiDefinition, name: string): Model {
  const model = ownEntry(definition.models, name);
  if (!model) throw noModel(name);
  return model;
}

function modelView(restApiId: string, model: Model) {
  return {
    id: modelId(restApiId, model.name),
    name: model.name,
    description: present(model.description),
    schema: model.schema,
    contentType: model.contentType,
  };
}

/** Models are known by name here; AWS gives them an id, too, which has only to stay the same. */
function modelId(restApiId: string, name: string): string {
  const digest = createHash("sha256").update(`${restApiId}/${name}`).digest("hex");
  return BigInt(`0x${digest.slice(0, 16)}`)
    .toString(36)
    .slice(-6)
    .padStart(6, "0");
}
