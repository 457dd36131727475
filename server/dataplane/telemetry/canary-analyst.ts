import type { Pool, PoolClient } from "pg";
import {
  type CanaryWindowRow,
  lockRollout,
  type RolloutRow,
  selectCanaryWindows,
  selectRunningRollouts,
} from "@/server/db/dataplane/canary-queries";
import { moveRollout, type RolloutChange } from "@/server/db/dataplane/move-rollout";
import { poolTransaction } from "@/server/db/dataplane/pool-transaction";
import {
  CANARY_WINDOW_MS,
  figuresOf,
  type Judgement,
  judgeCanary,
} from "@/server/gateway/canary/judge-canary";
import { nextMove, type RolloutMove } from "@/server/gateway/canary/next-move";
import { ANALYSIS_NAME, type RolloutRecord, reasonOf } from "@/server/gateway/canary/rollout";
import { type RolloutPlan, rolloutPlanSchema } from "@/server/gateway/canary/rollout-plan";

/**
 * Judges every running rollout by what all nodes stored, and moves it. Whichever node comes first does it: the row is
 * locked meanwhile, the others pass it over.
 */
export async function analyseCanaries(pool: Pool, nowMs: number): Promise<void> {
  const failures: unknown[] = [];
  for (const id of await selectRunningRollouts(pool)) {
    // One that cannot be judged must not keep the others from it.
    await analyseOne(pool, id, nowMs).catch((error) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

function analyseOne(pool: Pool, id: string, nowMs: number): Promise<void> {
  return poolTransaction(pool, async (client) => {
    const row = await lockRollout(client, id);
    if (row) await analyse(client, row, nowMs);
  });
}

async function analyse(client: PoolClient, row: RolloutRow, nowMs: number): Promise<void> {
  const plan = rolloutPlanSchema.parse(row.plan);
  const canary = row.config.canary;
  if (canary?.deploymentId !== row.canaryDeploymentId) {
    const reason = "The stage has no canary of this deployment any more";
    const base = { nowMs, verdict: null, record: null, step: row.step };
    await moveRollout(client, row, { ...base, status: "ended", reason });
    return;
  }
  // The window a step began in belongs to it, or its first seconds would not count.
  const sinceMs = Math.floor(row.stepStartedMs / CANARY_WINDOW_MS) * CANARY_WINDOW_MS;
  const windows = await selectCanaryWindows(client, { ...row, sinceMs });
  const ofCanary = windows.filter((w) => w.isCanary && w.deploymentId === row.canaryDeploymentId);
  const ofProduction = windows.filter((w) => !w.isCanary);
  const judgement = judgeCanary(plan.guardrails, ofCanary, ofProduction);
  const stepElapsedMs = nowMs - row.stepStartedMs;
  const move = nextMove(plan, { step: row.step, stepElapsedMs }, judgement);
  const record = move.kind === "stay" ? null : recordOf({ move, row, plan, judgement, windows, nowMs });
  await moveRollout(client, row, changeOf(row, { move, plan, judgement, record, nowMs }));
}

type Judged = { move: RolloutMove; plan: RolloutPlan; judgement: Judgement; nowMs: number };

function recordOf(judged: Judged & { row: RolloutRow; windows: readonly CanaryWindowRow[] }): RolloutRecord {
  const { move, row, plan, judgement, windows, nowMs } = judged;
  return {
    at: new Date(nowMs).toISOString(),
    move: move.kind as RolloutRecord["move"],
    step: row.step,
    percentTraffic: plan.steps[row.step]?.percentTraffic ?? 0,
    since: new Date(row.stepStartedMs).toISOString(),
    judgement,
    canary: figuresOf(windows.filter((w) => w.isCanary && w.deploymentId === row.canaryDeploymentId)),
    production: figuresOf(windows.filter((w) => !w.isCanary)),
  };
}

function changeOf(row: RolloutRow, judged: Judged & { record: RolloutRecord | null }): RolloutChange {
  const { move, judgement, record, nowMs } = judged;
  const base = { nowMs, verdict: judgement, record, step: row.step, reason: "" };
  const canary = row.config.canary ?? {};
  const event = (kind: string, detail: Record<string, unknown>) => ({
    kind,
    actorName: ANALYSIS_NAME,
    detail: { canaryDeploymentId: row.canaryDeploymentId, ...detail },
  });
  switch (move.kind) {
    case "stay":
      return { ...base, status: "running" };
    case "pass":
      return { ...base, status: "passed", reason: "Every step passed" };
    case "step": {
      const { step, percentTraffic } = move;
      return {
        ...base,
        status: "running",
        step,
        canary: { ...canary, percentTraffic },
        event: event("canary-changed", { percentTraffic, previousPercentTraffic: canary.percentTraffic }),
      };
    }
    case "abort": {
      const reason = reasonOf(judgement);
      const detail = { reason, percentTraffic: null, previousPercentTraffic: canary.percentTraffic };
      return { ...base, status: "aborted", reason, canary: null, event: event("canary-aborted", detail) };
    }
    case "promote": {
      const variables = {
        ...row.config.variables,
        ...(canary.stageVariableOverrides as Record<string, string> | undefined),
      };
      const detail = { number: row.canaryNumber, percentTraffic: null };
      return {
        ...base,
        status: "promoted",
        reason: "Every step passed",
        canary: null,
        promoted: { deploymentId: row.canaryDeploymentId, variables },
        event: event("canary-promoted", detail),
      };
    }
  }
}
