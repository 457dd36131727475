import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { checkDefinition } from "@/server/domain/check/check-definition";
import type { Problem } from "@/server/domain/check/problem";
import type { ApiDefinition } from "@/server/domain/definition";
import { summaryOf } from "@/server/domain/diff/diff-summary";
import { ServiceError } from "@/server/domain/errors";
import { type ApiRow, lockApi } from "@/server/services/api/find-api";
import { requireRevision } from "@/server/services/api/require-revision";
import { requireStorable } from "@/server/services/api/save-definition";
import { authorize } from "@/server/services/authorize";
import { newId } from "@/server/services/new-id";
import { activateDeployment } from "@/server/services/stage/activate-deployment";
import { invokeUrls } from "@/server/services/stage/invoke-urls";
import { stageVariables } from "@/server/services/stage/stage-variables";
import { write } from "@/server/services/write";
import { changesSince } from "./changes-since";

export type DeployInput = {
  apiId: string;
  stageName: string;
  description?: string;
  /** The revision whose preview the caller saw; CONFLICT if the draft moved on. Absent deploys what there is. */
  revision?: number;
  /** Variables of a stage that does not exist yet. */
  variables?: Record<string, string>;
  /** Description of a stage that does not exist yet. */
  stageDescription?: string;
};

/** A deployment that no stage serves yet: the console always deploys to one, AWS's clients need not. */
export type FreezeInput = Omit<DeployInput, "stageName"> & {
  /** Whose variables the templates are checked with. */
  stageName?: string;
};

export type Deployed = {
  deploymentId: string;
  number: number;
  stageName: string;
  invokeUrl: string;
  configChangeId: string;
};

/**
 * Freezes the draft as the next deployment and points the stage at it. INVALID with the problems as details when the
 * draft has errors.
 */
export async function createDeployment(actor: Actor, input: DeployInput): Promise<Deployed> {
  authorize(actor, "api:deploy");
  return write(actor, async (tx, emit) => {
    const { api, deployment } = await freezeDraft(tx, actor, input);
    const configChangeId = await activateDeployment(tx, actor, {
      apiId: api.id,
      stageName: input.stageName,
      deployment,
      kind: "deployed",
      newStage: { variables: input.variables, description: input.stageDescription },
    });
    await emit({
      type: "stage.deployed",
      subject: `${api.name} › ${input.stageName}`,
      detail: {
        apiId: api.id,
        stageName: input.stageName,
        deploymentId: deployment.id,
        number: deployment.number,
      },
    });
    return {
      deploymentId: deployment.id,
      number: deployment.number,
      stageName: input.stageName,
      invokeUrl: invokeUrls(api.id, input.stageName).path,
      configChangeId,
    };
  });
}

/** Freezes the draft as the next deployment without a stage. INVALID as createDeployment. */
export async function freezeDeployment(
  actor: Actor,
  input: FreezeInput,
): Promise<{ deploymentId: string; number: number }> {
  authorize(actor, "api:deploy");
  return write(actor, async (tx, emit) => {
    const { api, deployment } = await freezeDraft(tx, actor, input);
    const { id: deploymentId, number } = deployment;
    await emit({
      type: "deployment.created",
      subject: api.name,
      detail: { apiId: api.id, deploymentId, number },
    });
    return { deploymentId, number };
  });
}

/** Freezes the draft in the caller's transaction. INVALID as createDeployment. */
export async function freezeDraft(tx: Transaction, actor: Actor, input: FreezeInput) {
  const api = await lockApi(tx, actor, input.apiId);
  if (input.revision !== undefined) requireRevision(api, input.revision);
  const { apiId, stageName } = input;
  const variables = stageName === undefined ? undefined : await stageVariables({ apiId, stageName }, tx);
  refuseErrors(actor, api, variables ?? input.variables);
  return { api, deployment: await insertDeployment(tx, actor, { api, input }) };
}

/** AWS deploys templates that do not parse, and their methods fail. Its clients may do so here; people are told first. */
function refuseErrors(actor: Actor, api: ApiRow, variables: Record<string, string> | undefined): void {
  const problems = checkDefinition(api.definition, { stageVariables: variables });
  const mayFailLater = (problem: Problem) => actor.channel === "aws" && problem.template !== undefined;
  const errors = problems.filter((problem) => problem.severity === "error" && !mayFailLater(problem));
  if (errors.length === 0) return;
  const what = errors.length === 1 ? "an error" : `${errors.length} errors`;
  throw new ServiceError("INVALID", `The draft has ${what}: ${errors[0]?.message}`, {
    details: { problems },
  });
}

/** The lock on the API keeps numbers in order. */
async function insertDeployment(
  tx: Transaction,
  actor: Actor,
  { api, input }: { api: ApiRow; input: FreezeInput },
): Promise<{ id: string; number: number }> {
  const newest = await tx.deployment.findFirst({
    where: { apiId: api.id },
    orderBy: { number: "desc" },
    select: { number: true, snapshot: true },
  });
  const changes = changesSince((newest?.snapshot ?? null) as ApiDefinition | null, api.definition);
  return tx.deployment.create({
    data: {
      id: newId(),
      apiId: api.id,
      number: await nextNumber(tx, api.id),
      description: input.description ?? "",
      hash: api.definitionHash,
      snapshot: requireStorable(api.definition),
      changes: changes.length,
      changeSummary: requireStorable(summaryOf(changes)),
      baseNumber: newest?.number ?? null,
      actorId: actor.userId,
      actorName: actor.name,
    },
    select: { id: true, number: true },
  });
}

/** A number that no deployment of the API has or had. */
async function nextNumber(tx: Transaction, apiId: string): Promise<number> {
  // Not with Prisma, which would move updatedAt: that is when the draft changed.
  const [row] = await tx.$queryRaw<{ number: number }[]>`
    update "Api" set "lastDeploymentNumber" = "lastDeploymentNumber" + 1
    where id = ${apiId} returning "lastDeploymentNumber" as number`;
  if (!row) throw new ServiceError("NOT_FOUND", "There is no such API");
  return row.number;
}
