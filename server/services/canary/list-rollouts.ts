import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { Judgement } from "@/server/gateway/canary/judge-canary";
import type { RolloutRecord, RolloutStatus } from "@/server/gateway/canary/rollout";
import { type RolloutPlan, rolloutPlanSchema } from "@/server/gateway/canary/rollout-plan";
import { authorize } from "@/server/services/authorize";
import { findStage } from "@/server/services/stage/find-stage";

export type RolloutView = {
  id: string;
  status: RolloutStatus;
  reason: string;
  canaryNumber: number;
  productionNumber: number;
  plan: RolloutPlan;
  step: number;
  stepStartedAt: Date;
  startedAt: Date;
  endedAt: Date | null;
  /** The last judgement; null before the first. */
  verdict: Judgement | null;
  evidence: RolloutRecord[];
  actorName: string;
};

const SHOWN = 10;

/** The newest rollouts of a stage, with what was measured. */
export async function listRollouts(
  actor: Actor,
  input: { apiId: string; stageName: string },
): Promise<RolloutView[]> {
  authorize(actor, "api:read");
  const stage = await findStage(actor, input);
  const rows = await database().canaryRollout.findMany({
    where: { stageId: stage.id },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: SHOWN,
  });
  return rows.map((row) => ({
    id: row.id,
    status: row.status as RolloutStatus,
    reason: row.reason,
    canaryNumber: row.canaryNumber,
    productionNumber: row.productionNumber,
    // An older plan lacks what came later.
    plan: rolloutPlanSchema.parse(row.plan),
    step: row.step,
    stepStartedAt: row.stepStartedAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    verdict: row.verdict as Judgement | null,
    evidence: row.evidence as unknown as RolloutRecord[],
    actorName: row.actorName,
  }));
}
