import { type ApiInput, type Call, type Handlers, handler, type PatchInput } from "@/server/aws/call";
import { readDraft } from "@/server/aws/draft";
import { type CanaryInput, canaryOf } from "@/server/aws/patch/canary-input";
import { patchStage } from "@/server/aws/patch/stage-patch";
import { configOf, extrasOf, stageState } from "@/server/aws/patch/stage-state";
import { badRequest, conflict, notFound } from "@/server/aws/protocol/aws-error";
import { readAllTags, readTags, type Tags, writeTags } from "@/server/aws/stored-tags";
import { stageView } from "@/server/aws/views/stage-view";
import { ServiceError } from "@/server/domain/errors";
import { readDeployments } from "@/server/services/deployment/read-deployments";
import { createStage } from "@/server/services/stage/create-stage";
import { deleteStage } from "@/server/services/stage/delete-stage";
import type { StageRow } from "@/server/services/stage/find-stage";
import { flushStage } from "@/server/services/stage/flush-stage";
import { flushingStages } from "@/server/services/stage/flushing-stages";
import { readStages } from "@/server/services/stage/read-stages";
import { updateStage } from "@/server/services/stage/update-stage";
import { deleteStored } from "@/server/services/stored-resource/change-stored";
import { listStored } from "@/server/services/stored-resource/stored-resource";
import { extrasKey, readExtras, readStage, saveExtras } from "./stage-records";

type StageInput = ApiInput & { stageName: string };
type CreateInput = StageInput & {
  deploymentId: string;
  description?: string;
  variables?: Record<string, string>;
  tracingEnabled?: boolean;
  cacheClusterEnabled?: boolean;
  cacheClusterSize?: string;
  documentationVersion?: string;
  canarySettings?: CanaryInput;
  tags?: Tags;
};

export const stageHandlers: Handlers = {
  CreateStage: handler<CreateInput>(async (call) => {
    const { actor, input } = call;
    const { stageName, deploymentId, description, variables, canarySettings } = input;
    const { tracingEnabled, cacheClusterEnabled, cacheClusterSize } = input;
    const settings = { tracingEnabled, cacheClusterEnabled, cacheClusterSize };
    const name = nameOf(call);
    await readDraft(call);
    const deploymentIds = await deploymentIdsOf(call);
    for (const id of [deploymentId, canarySettings?.deploymentId ?? deploymentId]) {
      if (!deploymentIds.has(id)) throw badRequest("Deployment id does not exist");
    }
    const canary = canarySettings && canaryOf(canarySettings, deploymentId);
    try {
      await createStage(actor, { ...name, deploymentId, description, variables, canary, ...settings });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== "CONFLICT") throw error;
      throw conflict("Stage already exists");
    }
    await saveExtras(call, name, () => ({ documentationVersion: input.documentationVersion }));
    await writeTags(call, tagPath(input.restApiId, stageName), input.tags);
    return viewOf(call, await requireStage(call));
  }),

  GetStages: handler<ApiInput & { deploymentId?: string }>(async (call) => {
    await readDraft(call);
    const { restApiId: apiId, deploymentId } = call.input;
    const [stages, extras, tags, flushing] = await Promise.all([
      readStages(call.actor, { apiId }),
      listStored(call.actor, { kind: "stage-extras", parentId: apiId }),
      readAllTags(call),
      flushingStages(call.actor, { apiId }),
    ]);
    const documents = new Map(extras.map(({ id, document }) => [id, document]));
    const shown = stages.filter((stage) => deploymentId === undefined || stage.deploymentId === deploymentId);
    return {
      item: shown.map((stage) =>
        stageView(stage, documents.get(stage.name), {
          tags: tags.get(tagPath(apiId, stage.name)),
          isFlushing: flushing.has(stage.name),
        }),
      ),
    };
  }),

  GetStage: handler<StageInput>(async (call) => viewOf(call, await requireStage(call))),

  UpdateStage: handler<StageInput & PatchInput>(async (call) => {
    const { actor, input } = call;
    const name = nameOf(call);
    const stage = await requireStage(call);
    const before = stageState(stage, await readExtras(call, name));
    const after = patchStage(before, input.patchOperations, await deploymentIdsOf(call));
    const [oldConfig, newConfig] = [configOf(before, stage.config), configOf(after, stage.config)];
    const changes = Object.fromEntries(
      Object.entries(newConfig).filter(
        ([field, value]) =>
          JSON.stringify(value) !== JSON.stringify(oldConfig[field as keyof typeof oldConfig]),
      ),
    );
    const moved = after.deploymentId === before.deploymentId ? {} : { deploymentId: after.deploymentId };
    const all = { ...changes, ...moved };
    if (Object.keys(all).length > 0) await updateStage(actor, { ...name, changes: all, base: stage.config });
    await saveExtras(call, name, () => extrasOf(after));
    return viewOf(call, await requireStage(call));
  }),

  DeleteStage: handler<StageInput>(async (call) => {
    const { restApiId, stageName } = call.input;
    await requireStage(call);
    await deleteStage(call.actor, nameOf(call));
    await deleteStored(call.actor, extrasKey(nameOf(call)));
    await writeTags(call, tagPath(restApiId, stageName), {});
  }),

  FlushStageAuthorizersCache: handler<StageInput>(async (call) => {
    await requireStage(call);
    await flushStage(call.actor, { ...nameOf(call), cache: "authorizer-cache" });
  }),

  FlushStageCache: handler<StageInput>(async (call) => {
    await requireStage(call);
    await flushStage(call.actor, { ...nameOf(call), cache: "response-cache" });
  }),
};

const nameOf = ({ input }: Call<StageInput>) => ({ apiId: input.restApiId, stageName: input.stageName });
const tagPath = (apiId: string, stageName: string) => `/restapis/${apiId}/stages/${stageName}`;

async function deploymentIdsOf(call: Call<ApiInput>): Promise<Set<string>> {
  const deployments = await readDeployments(call.actor, { apiId: call.input.restApiId });
  return new Set(deployments.map(({ id }) => id));
}

async function requireStage(call: Call<StageInput>): Promise<StageRow> {
  await readDraft(call);
  const stage = await readStage(call, nameOf(call));
  if (!stage) throw notFound("Invalid stage identifier specified");
  return stage;
}

async function viewOf(call: Call<StageInput>, stage: StageRow) {
  const [extras, tags, flushing] = await Promise.all([
    readExtras(call, nameOf(call)),
    readTags(call, tagPath(stage.apiId, stage.name)),
    flushingStages(call.actor, { apiId: stage.apiId }),
  ]);
  return stageView(stage, extras, { tags, isFlushing: flushing.has(stage.name) });
}
