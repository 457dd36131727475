import {
  type ApiInput,
  type Call,
  type Handlers,
  handler,
  type PageInput,
  type PatchInput,
} from "@/server/aws/call";
import { orRefuse, readDraft, UNKNOWN_API } from "@/server/aws/draft";
import { applyPatch, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { type CanaryInput, canaryOf } from "@/server/aws/patch/canary-input";
import { textRule } from "@/server/aws/patch/patch-rules";
import { badRequest, notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { present } from "@/server/aws/views/present";
import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import { ServiceError } from "@/server/domain/errors";
import { deployCanary } from "@/server/services/canary/deploy-canary";
import { createDeployment, freezeDeployment } from "@/server/services/deployment/create-deployment";
import { deleteDeployment } from "@/server/services/deployment/delete-deployment";
import { describeDeployment } from "@/server/services/deployment/describe-deployment";
import {
  type DeploymentHead,
  readDeployment,
  readDeployments,
} from "@/server/services/deployment/read-deployments";
import { updateStage } from "@/server/services/stage/update-stage";
import { requireDeployable } from "./deployable";
import { readStage } from "./stage-records";

type CreateInput = ApiInput & {
  stageName?: string;
  stageDescription?: string;
  description?: string;
  variables?: Record<string, string>;
  cacheClusterEnabled?: boolean;
  cacheClusterSize?: string;
  tracingEnabled?: boolean;
  canarySettings?: Omit<CanaryInput, "deploymentId">;
};
type DeploymentInput = ApiInput & { deploymentId: string };

const DEPLOYMENT_PATCH: PatchTable<{ description: string }> = {
  wording: PLAIN_WORDING,
  rules: [textRule("description")],
};

export const deploymentHandlers: Handlers = {
  CreateDeployment: handler<CreateInput>(async (call) => {
    const { actor, input } = call;
    const { restApiId: apiId, stageName, canarySettings } = input;
    const api = await readDraft(call);
    const isCanary = canarySettings !== undefined;
    if (isCanary && !stageName) {
      throw badRequest(
        `Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is ${stageName ?? null}`,
      );
    }
    const stage = stageName ? await readStage(call, { apiId, stageName }) : null;
    if (isCanary && !stage) {
      throw badRequest(
        `Invalid deployment content specified.Stage ${stageName} must already be created before making a canary release deployment`,
      );
    }
    requireDeployable(api.definition);
    const { deploymentId } = await createFor(call);
    const { cacheClusterEnabled, cacheClusterSize } = input;
    if (stageName && (cacheClusterEnabled !== undefined || cacheClusterSize !== undefined)) {
      const changes = { cacheClusterEnabled, cacheClusterSize };
      await updateStage(actor, { apiId, stageName, changes });
    }
    return deploymentView(await readDeployment(actor, { apiId, deploymentId }));
  }),

  GetDeployments: handler<ApiInput & PageInput>(async (call) => {
    await readDraft(call);
    const { restApiId: apiId } = call.input;
    const { item, ...page } = pageOf(await readDeployments(call.actor, { apiId }), call.input);
    return { item: item.map((deployment) => deploymentView(deployment)), ...page };
  }),

  GetDeployment: handler<DeploymentInput & { embed?: string[] }>(async (call) => {
    const { restApiId: apiId, deploymentId, embed = [] } = call.input;
    await readDraft(call);
    const record = await orNotFound(() => readDeployment(call.actor, { apiId, deploymentId }));
    const isEmbedded = embed.some((part) => part.toLowerCase() === "apisummary");
    return deploymentView(record, isEmbedded ? summaryOf(record.definition) : undefined);
  }),

  UpdateDeployment: handler<DeploymentInput & PatchInput>(async (call) => {
    const { restApiId: apiId, deploymentId, patchOperations } = call.input;
    await readDraft(call);
    const { description } = await orNotFound(() => readDeployment(call.actor, { apiId, deploymentId }));
    const after = applyPatch(DEPLOYMENT_PATCH, { description }, patchOperations);
    await describeDeployment(call.actor, { apiId, deploymentId, description: after.description });
    return deploymentView(await readDeployment(call.actor, { apiId, deploymentId }));
  }),

  DeleteDeployment: handler<DeploymentInput>(async (call) => {
    const { restApiId: apiId, deploymentId } = call.input;
    await orRefuse(call, UNKNOWN_API, () => readDraft(call));
    try {
      await orNotFound(() => deleteDeployment(call.actor, { apiId, deploymentId }));
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== "CONFLICT") throw error;
      throw badRequest("Active stages pointing to this deployment must be moved or deleted");
    }
  }),
};

/** For a stage, for a stage's canary, or for nobody yet. */
function createFor({ actor, input }: Call<CreateInput>): Promise<{ deploymentId: string }> {
  const { restApiId: apiId, stageName, description, variables, stageDescription, canarySettings } = input;
  if (!stageName) return freezeDeployment(actor, { apiId, description, variables });
  if (!canarySettings) {
    return createDeployment(actor, { apiId, stageName, description, variables, stageDescription });
  }
  const { deploymentId: _, ...canary } = canaryOf(canarySettings, "");
  return deployCanary(actor, { apiId, stageName, description, canary });
}

async function orNotFound<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "NOT_FOUND") throw error;
    throw notFound("Invalid Deployment identifier specified");
  }
}

function deploymentView(deployment: DeploymentHead, apiSummary?: object) {
  return {
    id: deployment.id,
    description: present(deployment.description),
    createdDate: deployment.createdAt,
    apiSummary,
  };
}

/** Path → verb → what guards it. */
function summaryOf(definition: ApiDefinition) {
  const paths = Object.values(definition.resources).flatMap((resource) => {
    const methods = Object.values(resource.resourceMethods).map((method) => [
      method.httpMethod,
      { authorizationType: method.authorizationType, apiKeyRequired: method.apiKeyRequired },
    ]);
    return methods.length > 0 ? [[resourcePath(definition, resource.id), Object.fromEntries(methods)]] : [];
  });
  return Object.fromEntries(paths);
}
