import {
  type ApiInput,
  type Call,
  type Handlers,
  handler,
  type PageInput,
  type PatchInput,
} from "@/server/aws/call";
import { editDraft, orRefuse, readDraft, UNKNOWN_API } from "@/server/aws/draft";
import { applyPatch } from "@/server/aws/patch/apply-patch";
import { REST_API_PATCH, type RestApiSettings } from "@/server/aws/patch/rest-api-patch";
import { badRequest } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { readAllTags, readTags, type Tags, writeTags } from "@/server/aws/stored-tags";
import { restApiView } from "@/server/aws/views/rest-api-view";
import type { ApiDefinition } from "@/server/domain/definition";
import { createApi } from "@/server/services/api/create-api";
import { deleteApi } from "@/server/services/api/delete-api";
import { findApi } from "@/server/services/api/find-api";
import { listDrafts } from "@/server/services/api/list-drafts";
import { putStored } from "@/server/services/stored-resource/change-stored";
import { getStored, type StoredDocument } from "@/server/services/stored-resource/stored-resource";

type CreateInput = Partial<Omit<RestApiSettings, "endpointConfiguration">> & {
  name: string;
  cloneFrom?: string;
  endpointConfiguration?: { types?: string[]; ipAddressType?: string; vpcEndpointIds?: string[] };
  tags?: Tags;
  securityPolicy?: string;
  endpointAccessMode?: string;
};

export const restApiHandlers: Handlers = {
  CreateRestApi: handler<CreateInput>(async (call) => {
    const { input } = call;
    if (input.description === "") throw badRequest("Description cannot be an empty string");
    const definition = input.cloneFrom === undefined ? undefined : await cloned(call, input.cloneFrom);
    const { apiId } = await createApi(call.actor, {
      name: input.name,
      description: input.description,
      settings: settingsOf(input, definition),
      definition,
    });
    const extras = definedOf({
      securityPolicy: input.securityPolicy,
      endpointAccessMode: input.endpointAccessMode,
    });
    if (Object.keys(extras).length > 0)
      await putStored(call.actor, { kind: "api-extras", id: apiId }, extras);
    await writeTags(call, `/restapis/${apiId}`, input.tags);
    return restApiView(await findApi(call.actor, apiId), { tags: input.tags, extras });
  }),

  GetRestApis: handler<PageInput>(async (call) => {
    const tags = await readAllTags(call);
    const { item, ...page } = pageOf(await listDrafts(call.actor), call.input);
    return { item: item.map((api) => restApiView(api, { tags: tags.get(`/restapis/${api.id}`) })), ...page };
  }),

  GetRestApi: handler<ApiInput>(async (call) => {
    const api = await readDraft(call);
    return restApiView(api, await beside(call));
  }),

  UpdateRestApi: handler<ApiInput & PatchInput>(async (call) => {
    await readDraft(call);
    const more = await beside(call);
    const extras = { ...more.extras };
    const api = await editDraft(call, (definition) => {
      const before = settingsView(definition, more.extras);
      const after = applyPatch(REST_API_PATCH, before, call.input.patchOperations);
      const { securityPolicy, endpointAccessMode, ...settings } = after;
      Object.assign(extras, definedOf({ securityPolicy, endpointAccessMode }));
      const changes = Object.entries(settings).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof RestApiSettings]),
      );
      return changes.length > 0
        ? [{ name: "update-api", input: { changes: Object.fromEntries(changes) } }]
        : [];
    });
    if (JSON.stringify(extras) !== JSON.stringify(more.extras)) {
      await putStored(call.actor, { kind: "api-extras", id: api.id }, extras);
    }
    return restApiView(api, { ...more, extras });
  }),

  DeleteRestApi: handler<ApiInput>(async (call) => {
    const { restApiId: apiId } = call.input;
    await orRefuse(call, UNKNOWN_API, () => deleteApi(call.actor, { apiId }));
  }),
};

/** What is kept beside the definition, and what answers about one API show. */
export async function beside(call: Call<ApiInput>): Promise<{ tags: Tags; extras: StoredDocument }> {
  const { restApiId: id } = call.input;
  const [tags, extras] = await Promise.all([
    readTags(call, `/restapis/${id}`),
    getStored(call.actor, { kind: "api-extras", id }),
  ]);
  return { tags, extras: extras?.document ?? {} };
}

async function cloned(call: Call<CreateInput>, restApiId: string): Promise<ApiDefinition> {
  return (await readDraft({ ...call, input: { restApiId } })).definition;
}

function settingsOf(input: CreateInput, clone: ApiDefinition | undefined): object {
  const { types, ipAddressType, vpcEndpointIds = [] } = input.endpointConfiguration ?? {};
  const chosen = types ?? ["EDGE"];
  const endpointConfiguration = {
    types: chosen,
    ipAddressType: ipAddressType ?? (chosen[0] === "PRIVATE" ? "dualstack" : "ipv4"),
    vpcEndpointIds,
  };
  return definedOf({
    version: input.version,
    apiKeySource: input.apiKeySource,
    binaryMediaTypes: input.binaryMediaTypes,
    minimumCompressionSize: input.minimumCompressionSize,
    disableExecuteApiEndpoint: input.disableExecuteApiEndpoint,
    policy: input.policy,
    endpointConfiguration: clone && !input.endpointConfiguration ? undefined : endpointConfiguration,
  });
}

function settingsView(definition: ApiDefinition, extras: StoredDocument): RestApiSettings {
  const { name, description, version, apiKeySource, binaryMediaTypes, minimumCompressionSize } = definition;
  const { disableExecuteApiEndpoint, endpointConfiguration, policy } = definition;
  return {
    name,
    description,
    version,
    apiKeySource,
    binaryMediaTypes,
    minimumCompressionSize,
    disableExecuteApiEndpoint,
    endpointConfiguration,
    policy,
    securityPolicy: extras.securityPolicy as string | undefined,
    endpointAccessMode: extras.endpointAccessMode as string | undefined,
  };
}

function definedOf(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
