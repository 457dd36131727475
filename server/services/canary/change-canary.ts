import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import { authorize } from "@/server/services/authorize";
import { type ChangeScope, changeStage, type StageChanges } from "@/server/services/stage/change-stage";
import { lockStage, type StageRow } from "@/server/services/stage/find-stage";
import { write } from "@/server/services/write";

type StageName = { apiId: string; stageName: string };
type Changed = { configChangeId: string };

/** Changes share, overrides or rule of a running canary. NOT_FOUND if there is none. */
export async function updateCanary(
  actor: Actor,
  input: StageName & { changes: Partial<Omit<CanarySettings, "deploymentId">> },
): Promise<Changed> {
  authorize(actor, "stage:write");
  return write(actor, (tx, emit) =>
    withCanary({ tx, emit, actor }, input, (_, canary) => ({ canary: { ...canary, ...input.changes } })),
  );
}

/**
 * Makes the canary the stage: its deployment and its overrides are taken over, nothing goes to it any more. As at AWS
 * it stays, at 0 %, unless `isRemoved` is set.
 */
export async function promoteCanary(
  actor: Actor,
  input: StageName & { isRemoved?: boolean },
): Promise<Changed> {
  authorize(actor, "api:deploy");
  return write(actor, (tx, emit) =>
    withCanary({ tx, emit, actor }, input, ({ config }, canary) => ({
      variables: { ...config.variables, ...canary.stageVariableOverrides },
      deploymentId: canary.deploymentId,
      canary: input.isRemoved ? null : { ...canary, percentTraffic: 0 },
    })),
  );
}

/** Takes the canary away: every request goes to the stage's own deployment again. */
export async function removeCanary(actor: Actor, input: StageName): Promise<Changed> {
  authorize(actor, "stage:write");
  return write(actor, (tx, emit) => withCanary({ tx, emit, actor }, input, () => ({ canary: null })));
}

async function withCanary(
  scope: ChangeScope,
  name: StageName,
  changesOf: (stage: StageRow, canary: CanarySettings) => StageChanges,
): Promise<Changed> {
  const stage = await lockStage(scope.tx, scope.actor, name);
  const { canary } = stage.config;
  if (!canary) throw new ServiceError("NOT_FOUND", "The stage has no canary");
  const { configChangeId } = await changeStage(scope, stage, changesOf(stage, canary));
  return { configChangeId };
}
