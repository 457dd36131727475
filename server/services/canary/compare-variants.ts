import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { figuresOf, type VariantCounts, type VariantFigures } from "@/server/gateway/canary/judge-canary";
import { authorize } from "@/server/services/authorize";
import { findStage } from "@/server/services/stage/find-stage";

export type VariantComparison = {
  canary: VariantFigures;
  production: VariantFigures;
  /** The newest window that was stored; null without any. */
  measuredAt: Date | null;
};

/** What a stage's canary and its own deployment did in the last minutes, measured in the same windows. */
export async function compareVariants(
  actor: Actor,
  input: { apiId: string; stageName: string; minutes: number },
  now: Date = new Date(),
): Promise<VariantComparison> {
  authorize(actor, "metrics:read");
  const stage = await findStage(actor, input);
  const rows = await database().canaryWindow.findMany({
    where: {
      apiId: stage.apiId,
      stage: stage.name,
      startsAt: { gte: new Date(now.getTime() - input.minutes * 60_000) },
      OR: [
        { isCanary: true, deploymentId: stage.config.canary?.deploymentId ?? "" },
        { isCanary: false, deploymentId: stage.deploymentId },
      ],
    },
    orderBy: { startsAt: "asc" },
  });
  const counts = (isCanary: boolean) =>
    rows.filter((row) => row.isCanary === isCanary) as unknown as VariantCounts[];
  return {
    canary: figuresOf(counts(true)),
    production: figuresOf(counts(false)),
    measuredAt: rows.at(-1)?.startsAt ?? null,
  };
}
