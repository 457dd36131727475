import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { findStage } from "@/server/services/stage/find-stage";
import { canaryTimeline } from "./canary-timeline";
import { listRollouts } from "./list-rollouts";

/** Everything about a rollout as a file: plan, verdicts, what was measured at each step and, within a day, over time. */
export async function rolloutReport(
  actor: Actor,
  input: { apiId: string; stageName: string; rolloutId: string },
  now: Date = new Date(),
): Promise<{ filename: string; content: string }> {
  authorize(actor, "metrics:read");
  const stage = await findStage(actor, input);
  const rollout = (await listRollouts(actor, input)).find(({ id }) => id === input.rolloutId);
  if (!rollout) throw new ServiceError("NOT_FOUND", "There is no such rollout");
  const timeline = await canaryTimeline(actor, { ...input, minutes: 1 }, now);
  const report = { api: { id: stage.apiId, name: stage.apiName }, stage: stage.name, ...rollout, timeline };
  return {
    filename: `canary-${rollout.canaryNumber}-${stage.name}.json`,
    content: `${JSON.stringify(report, null, 2)}\n`,
  };
}
