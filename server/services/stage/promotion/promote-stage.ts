import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { copySettings } from "@/server/domain/stage/compare-settings";
import { lockApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { findDeployment } from "@/server/services/deployment/find-deployment";
import { write } from "@/server/services/write";
import { activateDeployment } from "../activate-deployment";
import { type ChangeScope, changeStage, type StageChanges } from "../change-stage";
import { lockStage, type StageRow } from "../find-stage";
import { invokeUrls } from "../invoke-urls";
import { pickVariables } from "./pick-variables";

export type PromoteInput = {
  apiId: string;
  from: string;
  /** A stage that is not there yet is made. */
  to: string;
  /** Names of variables that are taken over from the stage promoted from. */
  copyVariables?: string[];
  /** Ids of SettingDifference that are taken over. */
  copySettings?: string[];
  /** What the caller saw each stage serve; CONFLICT if that is not so any more. Null: there was no such stage. */
  expected?: { source: string; target: string | null };
};

export type Promoted = {
  deploymentId: string;
  number: number;
  stageName: string;
  invokeUrl: string;
  configChangeId: string;
};

/**
 * Gives a stage the very deployment that another one serves, with the chosen variables and settings, in one
 * transaction. A canary of the target ends, as with a deployment. INVALID if nothing would change.
 */
export async function promoteStage(actor: Actor, input: PromoteInput): Promise<Promoted> {
  authorize(actor, "api:deploy");
  const { apiId, from, to } = input;
  if (from === to)
    throw new ServiceError("INVALID", "A stage is promoted to another one", { fieldPath: "to" });
  return write(actor, async (tx, emit) => {
    // Of two promotions in opposite directions one waits for the whole other.
    const api = await lockApi(tx, actor, apiId);
    const source = await lockStage(tx, actor, { apiId, stageName: from });
    const target = await lockTarget(tx, actor, { apiId, stageName: to });
    requireExpected(input, { source, target });
    const deployment = await findDeployment(actor, { apiId, deploymentId: source.deploymentId }, tx);
    requireChange(input, { target, deployment });
    const activated = await activateDeployment(tx, actor, {
      apiId,
      stageName: to,
      deployment,
      kind: "promoted",
      detail: { fromStage: from },
    });
    const settled = await settle({ tx, emit, actor }, input, source);
    await emit({
      type: "stage.promoted",
      subject: `${api.name} › ${to}`,
      detail: {
        apiId,
        stageName: to,
        fromStage: from,
        deploymentId: deployment.id,
        number: deployment.number,
      },
    });
    const { id: deploymentId, number } = deployment;
    const { path: invokeUrl } = invokeUrls(apiId, to);
    return { deploymentId, number, stageName: to, invokeUrl, configChangeId: settled ?? activated };
  });
}

async function lockTarget(tx: Transaction, actor: Actor, name: { apiId: string; stageName: string }) {
  const present = await tx.stage.findUnique({
    where: { apiId_name: { apiId: name.apiId, name: name.stageName } },
    select: { id: true },
  });
  return present ? lockStage(tx, actor, name) : null;
}

function requireExpected(
  { expected, from, to }: PromoteInput,
  { source, target }: { source: StageRow; target: StageRow | null },
): void {
  if (!expected) return;
  const moved =
    source.deploymentId !== expected.source
      ? from
      : (target?.deploymentId ?? null) !== expected.target
        ? to
        : null;
  if (moved === null) return;
  throw new ServiceError("CONFLICT", `${moved} has changed meanwhile: look again at what will change`);
}

function requireChange(
  { to, copyVariables = [], copySettings: settings = [] }: PromoteInput,
  { target, deployment }: { target: StageRow | null; deployment: { id: string; number: number } },
): void {
  const isCopying = copyVariables.length + settings.length > 0;
  if (target?.deploymentId !== deployment.id || target.config.canary || isCopying) return;
  throw new ServiceError(
    "INVALID",
    `${to} serves #${deployment.number} already, and nothing is to be copied`,
  );
}

/** Takes over what was chosen. Returns the change's id; null if there was nothing. */
async function settle(scope: ChangeScope, input: PromoteInput, source: StageRow): Promise<string | null> {
  const target = await lockStage(scope.tx, scope.actor, { apiId: input.apiId, stageName: input.to });
  const sides = { source: source.config, target: target.config };
  const { copyVariables: names = [], copySettings: ids = [] } = input;
  const changes = copySettings(sides, ids) as StageChanges;
  if (names.length > 0) changes.variables = pickVariables(sides, names);
  if (Object.keys(changes).length === 0) return null;
  authorize(scope.actor, "stage:write");
  return (await changeStage(scope, target, changes)).configChangeId;
}
