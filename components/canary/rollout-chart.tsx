"use client";
import { useQuery } from "@tanstack/react-query";
import { useCan } from "../shell/session";
import { useTRPC } from "../trpc/trpc";
import { Skeleton } from "../ui/state/skeleton";
import { percent } from "./canary-words";
import type { Rollout } from "./rollout-section";
import { type StepMark, VariantCharts } from "./variant-chart";

const LIVE_MS = 5_000;

/** A stage's canary over time: of the last minutes, or of a whole rollout with its limits and steps. */
export function RolloutChart({
  stage,
  rollout,
  minutes,
}: {
  stage: { apiId: string; stageName: string };
  rollout: Rollout | null;
  minutes: number;
}) {
  const trpc = useTRPC();
  const canSee = useCan()("metrics:read");
  const query = useQuery({
    ...trpc.canary.timeline.queryOptions({
      ...stage,
      minutes,
      ...(rollout ? { rolloutId: rollout.id } : {}),
    }),
    refetchInterval: rollout?.endedAt ? false : LIVE_MS,
    enabled: canSee,
  });
  if (!canSee) return null;
  if (query.isPending) return <Skeleton className="m-3.5 h-[132px]" />;
  const points = query.data?.points ?? [];
  if (points.length === 0)
    return (
      <p className="px-3.5 py-3 text-muted text-sm">
        {rollout?.endedAt ? "What it did over time is kept for a day." : "No request yet to draw."}
      </p>
    );
  return <VariantCharts points={points} marks={marksOf(rollout)} thresholds={thresholdsOf(rollout)} />;
}

/** Where the share changed: the start, and after each step. */
function marksOf(rollout: Rollout | null): StepMark[] {
  if (!rollout) return [];
  const words = { step: "next step", abort: "aborted", promote: "promoted", pass: "passed" } as const;
  return rollout.evidence.map(({ at, move, step }) => {
    const next = rollout.plan.steps[step + 1];
    return { at: new Date(at), label: move === "step" && next ? percent(next.percentTraffic) : words[move] };
  });
}

/** A ratio's line is where it came to with production's figure, once it has been broken. */
function thresholdsOf(rollout: Rollout | null) {
  if (!rollout) return null;
  const { maxErrorPercent, maxP95Ms } = rollout.plan.guardrails;
  const found = (guard: string) =>
    rollout.verdict?.findings.find((one) => one.guard === guard)?.limit ?? null;
  return {
    errorPercent: maxErrorPercent ?? found("maxErrorRatio"),
    p95Ms: maxP95Ms ?? found("maxP95Ratio"),
  };
}
