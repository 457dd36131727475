import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import {
  CANARY_WINDOW_MS,
  figuresOf,
  type VariantCounts,
  type VariantFigures,
} from "@/server/gateway/canary/judge-canary";
import { authorize } from "@/server/services/authorize";
import { findStage } from "@/server/services/stage/find-stage";

/** Both variants in one span of time; null where nothing was served. */
export type TimelinePoint = { at: Date; canary: VariantFigures | null; production: VariantFigures | null };
export type CanaryTimeline = { spanMs: number; points: TimelinePoint[] };

/** About so many points are drawn. */
const POINTS = 120;

/**
 * What a stage's canary and its own deployment did over the last minutes, or over a whole rollout; windows are kept for a
 * day.
 */
export async function canaryTimeline(
  actor: Actor,
  input: { apiId: string; stageName: string; minutes: number; rolloutId?: string },
  now: Date = new Date(),
): Promise<CanaryTimeline> {
  authorize(actor, "metrics:read");
  const stage = await findStage(actor, input);
  const rollout = input.rolloutId
    ? await database().canaryRollout.findFirst({ where: { id: input.rolloutId, stageId: stage.id } })
    : null;
  if (input.rolloutId && !rollout) throw new ServiceError("NOT_FOUND", "There is no such rollout");
  const until = rollout ? (rollout.endedAt ?? now) : now;
  const from = rollout ? rollout.startedAt : new Date(now.getTime() - input.minutes * 60_000);
  const canaryId = rollout?.canaryDeploymentId ?? stage.config.canary?.deploymentId ?? "";
  const rows = await database().canaryWindow.findMany({
    where: {
      apiId: stage.apiId,
      stage: stage.name,
      startsAt: { gte: new Date(from.getTime() - CANARY_WINDOW_MS), lte: until },
      OR: [{ isCanary: true, deploymentId: canaryId }, { isCanary: false }],
    },
    orderBy: { startsAt: "asc" },
  });
  const length = until.getTime() - from.getTime();
  const spanMs = Math.max(1, Math.ceil(length / POINTS / CANARY_WINDOW_MS)) * CANARY_WINDOW_MS;
  const spans = new Map<number, { canary: VariantCounts[]; production: VariantCounts[] }>();
  for (const row of rows) {
    const at = Math.floor(row.startsAt.getTime() / spanMs) * spanMs;
    const span = spans.get(at) ?? { canary: [], production: [] };
    span[row.isCanary ? "canary" : "production"].push(row as unknown as VariantCounts);
    spans.set(at, span);
  }
  const figures = (counts: VariantCounts[]) => (counts.length > 0 ? figuresOf(counts) : null);
  const points = [...spans].map(([at, { canary, production }]) => ({
    at: new Date(at),
    canary: figures(canary),
    production: figures(production),
  }));
  return { spanMs, points };
}
