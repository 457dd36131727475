import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import { requireStorable } from "@/server/services/api/save-definition";
import { authorize } from "@/server/services/authorize";
import { findStage, stageSubject } from "@/server/services/stage/find-stage";
import { write } from "@/server/services/write";
import { findPlan, lockPlanTies } from "./find-plan";
import { requireThrottle } from "./plan-limits";
import { refuseSecondPlan } from "./refuse-second-plan";

/** AWS's quota of stages per plan. */
const MAX_STAGES = 20;

type Input = { planId: string; apiId: string; stageName: string; throttle?: Record<string, Throttle> };

/** Lets a plan cover a stage, or changes the method limits there. Method limits replace those from before. */
export async function attachStage(actor: Actor, input: Input): Promise<{ configChangeId: string }> {
  authorize(actor, "plan:write");
  const throttle = methodThrottles(input.throttle ?? {});
  return write(actor, async (tx, emit) => {
    await lockPlanTies(tx, actor);
    const plan = await findPlan(actor, input.planId, tx);
    const stage = await findStage(actor, input, tx);
    const isNew = !plan.stages.some((tie) => tie.stage.id === stage.id);
    if (isNew && plan.stages.length >= MAX_STAGES) {
      throw new ServiceError("LIMIT", `A plan covers at most ${MAX_STAGES} stages`);
    }
    await refuseSecondPlan(tx, { planId: plan.id, stageIds: [stage.id] });
    await tx.usagePlanStage.upsert({
      where: { planId_stageId: { planId: plan.id, stageId: stage.id } },
      create: { planId: plan.id, stageId: stage.id, throttle: requireStorable(throttle) },
      update: { throttle: requireStorable(throttle) },
    });
    const change = await recordConfigChange(tx, { kind: "plan", subject: plan.id });
    await emit({
      type: "usage-plan.stage-attached",
      subject: plan.name,
      detail: { planId: plan.id, stage: stageSubject(stage), throttle },
    });
    return { configChangeId: String(change) };
  });
}

/** Takes a stage out of a plan: its keys no longer open that stage. */
export async function detachStage(
  actor: Actor,
  input: { planId: string; apiId: string; stageName: string },
): Promise<{ configChangeId: string }> {
  authorize(actor, "plan:write");
  return write(actor, async (tx, emit) => {
    await lockPlanTies(tx, actor);
    const plan = await findPlan(actor, input.planId, tx);
    const stage = await findStage(actor, input, tx);
    const { count } = await tx.usagePlanStage.deleteMany({ where: { planId: plan.id, stageId: stage.id } });
    if (count === 0) throw new ServiceError("NOT_FOUND", "The plan does not cover this stage");
    const change = await recordConfigChange(tx, { kind: "plan", subject: plan.id });
    await emit({
      type: "usage-plan.stage-detached",
      subject: plan.name,
      detail: { planId: plan.id, stage: stageSubject(stage) },
    });
    return { configChangeId: String(change) };
  });
}

function methodThrottles(throttle: Record<string, unknown>): Record<string, Throttle> {
  const entries = Object.entries(throttle).map(([method, limits]) => {
    const fieldPath = `throttle.${method}`;
    if (!/^\/\S*\/[A-Z]+$/.test(method)) {
      throw new ServiceError("INVALID", `${method} names no method: write /pets/{petId}/GET`, { fieldPath });
    }
    return [method, requireThrottle(limits, fieldPath)] as const;
  });
  return Object.fromEntries(entries);
}
