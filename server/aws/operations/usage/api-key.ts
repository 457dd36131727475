import { type Call, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { applyPatch, LISTING_WORDING, type PatchTable } from "@/server/aws/patch/apply-patch";
import { booleanRule, textRule } from "@/server/aws/patch/patch-rules";
import { badRequest, conflict, notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { readTags, type Tags, writeTags } from "@/server/aws/stored-tags";
import { present } from "@/server/aws/views/present";
import { ServiceError } from "@/server/domain/errors";
import { createKey } from "@/server/services/api-key/create-key";
import { deleteKey } from "@/server/services/api-key/delete-key";
import { type KeyRecord, readKeys, readKeyValues } from "@/server/services/api-key/read-keys";
import { restoreKey, revokeKey } from "@/server/services/api-key/revoke-key";
import { updateKey } from "@/server/services/api-key/update-key";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import { getStored, listStored, type StoredKey } from "@/server/services/stored-resource/stored-resource";

type KeyInput = { apiKey: string };
type StageKey = { restApiId?: string; stageName?: string };
type CreateInput = {
  name?: string;
  description?: string;
  enabled?: boolean;
  value?: string;
  customerId?: string;
  stageKeys?: StageKey[];
  tags?: Tags;
};
type Settings = Pick<KeyRecord, "description" | "enabled" | "name" | "customerId">;

const MAX_NAME = 1024;
const MAX_DESCRIPTION = 125_000;

const API_KEY_PATCH: PatchTable<Settings> = {
  wording: LISTING_WORDING,
  rules: [textRule("description"), booleanRule("enabled"), textRule("name"), textRule("customerId", null)],
};

export const apiKeyHandlers: Handlers = {
  CreateApiKey: handler<CreateInput>(async (call) => {
    const { name = "", description, enabled = false, customerId, stageKeys = [], tags } = call.input;
    // An empty value is no value.
    const value = call.input.value || undefined;
    checkTexts({ name, description: description ?? "" });
    checkValue(value);
    const created = await createKey(call.actor, {
      name,
      description,
      customerId,
      enabled,
      value,
      planIds: [],
    }).catch((error) => {
      if (!(error instanceof ServiceError) || error.code !== "CONFLICT") throw error;
      throw conflict("API Key already exists");
    });
    const { id } = created.key;
    if (stageKeys.length > 0) {
      const names = stageKeys.map(({ restApiId, stageName }) => `${restApiId}/${stageName}`);
      await putStored(call.actor, extrasKey(id), { stageKeys: names });
    }
    await writeTags(call, tagPath(id), tags);
    return keyView(await requireKey(call, id), {
      value: created.value,
      stageKeys: await stageKeysOf(call, id),
      tags: present(tags),
    });
  }),

  GetApiKeys: handler<PageInput & { name?: string; customerId?: string; includeValues?: boolean }>(
    async (call) => {
      const { name: namePrefix, customerId, includeValues } = call.input;
      const { item, ...page } = pageOf(await readKeys(call.actor, { namePrefix, customerId }), call.input);
      const ids = item.map(({ id }) => id);
      const values = includeValues ? await readKeyValues(call.actor, ids) : new Map<string, string>();
      const extras = await listStored(call.actor, { kind: "api-key-extras" });
      const stageKeys = new Map(extras.map(({ id, document }) => [id, document.stageKeys as string[]]));
      return {
        item: item.map((key) =>
          keyView(key, { value: values.get(key.id), stageKeys: stageKeys.get(key.id) ?? [] }),
        ),
        ...page,
      };
    },
  ),

  GetApiKey: handler<KeyInput & { includeValue?: boolean }>(async (call) => {
    const { apiKey: id, includeValue } = call.input;
    const key = await requireKey(call, id);
    const value = includeValue ? (await readKeyValues(call.actor, [id])).get(id) : undefined;
    return keyView(key, { value, ...(await beside(call, id)) });
  }),

  UpdateApiKey: handler<KeyInput & PatchInput>(async (call) => {
    const { apiKey: keyId, patchOperations = [] } = call.input;
    const { description, enabled, name, customerId } = await requireKey(call, keyId);
    const before: Settings = { description, enabled, name, customerId };
    const onStages = patchOperations.filter(({ path }) => path === "/stages" || path === "/labels");
    const others = patchOperations.filter((operation) => !onStages.includes(operation));
    const after = applyPatch(API_KEY_PATCH, before, others);
    checkTexts(after);
    const { enabled: isEnabled, ...texts } = after;
    const changes = Object.entries(texts).filter(
      ([field, value]) => value !== before[field as keyof Settings],
    );
    if (changes.length > 0) await updateKey(call.actor, { keyId, changes: Object.fromEntries(changes) });
    if (isEnabled !== enabled) await (isEnabled ? restoreKey : revokeKey)(call.actor, { keyId });
    if (onStages.length > 0) {
      const stageKeys = new Set(await stageKeysOf(call, keyId));
      for (const { op, value = "" } of onStages) stageKeys[op === "remove" ? "delete" : "add"](value);
      await putStored(call.actor, extrasKey(keyId), { stageKeys: [...stageKeys] });
    }
    return keyView(await requireKey(call, keyId), await beside(call, keyId));
  }),

  DeleteApiKey: handler<KeyInput>(async (call) => {
    const { apiKey: keyId } = call.input;
    await requireKey(call, keyId);
    await deleteKey(call.actor, { keyId });
    await deleteStored(call.actor, extrasKey(keyId));
    await writeTags(call, tagPath(keyId), {});
  }),
};

const tagPath = (id: string) => `/apikeys/${id}`;
const extrasKey = (id: string): StoredKey => ({ kind: "api-key-extras", id });

async function stageKeysOf(call: Call<unknown>, id: string): Promise<string[]> {
  return ((await getStored(call.actor, extrasKey(id)))?.document.stageKeys ?? []) as string[];
}

async function beside(call: Call<unknown>, id: string): Promise<{ stageKeys: string[]; tags: Tags }> {
  return { stageKeys: await stageKeysOf(call, id), tags: await readTags(call, tagPath(id)) };
}

/** The key, or AWS's 404. */
export async function requireKey(call: Call<unknown>, id: string): Promise<KeyRecord> {
  const [key] = await readKeys(call.actor, { id });
  if (!key) throw notFound("Invalid API Key identifier specified");
  return key;
}

function checkTexts({ name, description }: { name: string; description: string }): void {
  if (name.length > MAX_NAME) throw badRequest("Invalid API Key name, can be at most 1024 characters.");
  if (description.length > MAX_DESCRIPTION) throw badRequest("Invalid API Key description specified.");
}

function checkValue(value: string | undefined): void {
  if (value === undefined) return;
  if (value.length < 20) throw badRequest("API Key value should be at least 20 characters");
  if (value.length > 128) throw badRequest("API Key value exceeds maximum size of 128 characters");
}

function keyView(key: KeyRecord, more: { value?: string; stageKeys: string[]; tags?: Tags }) {
  return {
    id: key.id,
    value: more.value,
    name: present(key.name),
    customerId: present(key.customerId),
    description: present(key.description),
    enabled: key.enabled,
    createdDate: key.createdAt,
    lastUpdatedDate: key.updatedAt,
    stageKeys: more.stageKeys,
    tags: more.tags,
  };
}
