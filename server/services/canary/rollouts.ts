import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { type RolloutPlan, rolloutPlanSchema } from "@/server/gateway/canary/rollout-plan";
import { requireStorable } from "@/server/services/api/save-definition";
import { authorize } from "@/server/services/authorize";
import { changeStage } from "@/server/services/stage/change-stage";
import { lockStage, stageSubject } from "@/server/services/stage/find-stage";
import { write } from "@/server/services/write";
import { endRollouts } from "./end-rollouts";
import { requireCanaryDeployment } from "./require-canary-deployment";

type StageName = { apiId: string; stageName: string };

/**
 * Lets a stage's canary go up in steps by itself; the gateways judge it (server/dataplane/telemetry/canary-analyst.ts).
 * NOT_FOUND without a canary, CONFLICT while another rollout runs.
 */
export async function startRollout(
  actor: Actor,
  input: StageName & { plan: RolloutPlan },
  now: Date = new Date(),
): Promise<{ rolloutId: string; configChangeId: string }> {
  authorize(actor, "api:deploy");
  const plan = rolloutPlanSchema.parse(input.plan);
  return write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    const { canary } = stage.config;
    if (!canary) throw new ServiceError("NOT_FOUND", "The stage has no canary");
    const running = await tx.canaryRollout.findFirst({
      where: { stageId: stage.id, status: "running" },
      select: { id: true },
    });
    if (running) throw new ServiceError("CONFLICT", "Steps are running already: stop them first");
    const percentTraffic = plan.steps[0]?.percentTraffic ?? 0;
    const { configChangeId } = await changeStage({ tx, emit, actor }, stage, {
      canary: { ...canary, percentTraffic },
    });
    const { id: rolloutId } = await tx.canaryRollout.create({
      data: {
        stageId: stage.id,
        canaryDeploymentId: canary.deploymentId,
        canaryNumber: await requireCanaryDeployment(tx, stage.apiId, canary.deploymentId),
        productionDeploymentId: stage.deploymentId,
        productionNumber: await requireCanaryDeployment(tx, stage.apiId, stage.deploymentId),
        plan: requireStorable(plan),
        status: "running",
        startedAt: now,
        stepStartedAt: now,
        actorId: actor.userId,
        actorName: actor.name,
      },
      select: { id: true },
    });
    await emit({
      type: "stage.rollout-started",
      subject: stageSubject(stage),
      detail: { ...input, rolloutId },
    });
    return { rolloutId, configChangeId };
  });
}

/** Stops the steps; the canary stays where it is. NOT_FOUND if none run. */
export async function stopRollout(actor: Actor, input: StageName, now: Date = new Date()): Promise<void> {
  authorize(actor, "stage:write");
  await write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    const reason = `${actor.name} stopped the steps`;
    const stopped = await endRollouts(tx, stage.id, { status: "ended", reason, now });
    if (stopped === 0) throw new ServiceError("NOT_FOUND", "No steps are running");
    await emit({ type: "stage.rollout-stopped", subject: stageSubject(stage), detail: { ...input } });
  });
}

/** Lets the steps wait where they are, or go on. The guardrails hold meanwhile. NOT_FOUND if none run. */
export async function pauseRollout(actor: Actor, input: StageName & { isPaused: boolean }): Promise<void> {
  authorize(actor, "stage:write");
  await write(actor, async (tx, emit) => {
    const stage = await lockStage(tx, actor, input);
    const running = await tx.canaryRollout.findFirst({ where: { stageId: stage.id, status: "running" } });
    if (!running) throw new ServiceError("NOT_FOUND", "No steps are running");
    const plan = { ...(running.plan as RolloutPlan), isPaused: input.isPaused };
    await tx.canaryRollout.update({ where: { id: running.id }, data: { plan: requireStorable(plan) } });
    const { isPaused, ...name } = input;
    const type = isPaused ? "stage.rollout-paused" : "stage.rollout-resumed";
    await emit({ type, subject: stageSubject(stage), detail: name });
  });
}
