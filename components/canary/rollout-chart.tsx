"use client";
import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../shell/loaded";
import { useCan } from "../shell/session";
import { useIsShown } from "../stage/panel/stage-panel";
import { useTRPC } from "../trpc/trpc";
import { Skeleton } from "../ui/state/skeleton";
import { percent } from "./canary-words";
import { shownLimits } from "./rollout-limits";
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
  const isShown = useIsShown();
  const query = useQuery({
    ...trpc.canary.timeline.queryOptions({
      ...stage,
      minutes,
      ...(rollout ? { rolloutId: rollout.id } : {}),
    }),
    refetchInterval: rollout?.endedAt || !isShown ? false : LIVE_MS,
    enabled: canSee,
  });
  if (!canSee) return null;
  return (
    <Loaded query={query} skeleton={<Skeleton className="m-3.5 h-[132px]" />}>
      {({ points }) =>
        points.length === 0 ? (
          // Without steps the table above says already that there was no request.
          rollout && (
            <p className="px-3.5 py-3 text-muted text-sm">
              {rollout.endedAt ? "What it did over time is kept for a day." : "No request yet to draw."}
            </p>
          )
        ) : (
          <VariantCharts
            points={points}
            marks={marksOf(rollout)}
            thresholds={rollout && shownLimits(rollout.plan.guardrails, rollout.verdict)}
          />
        )
      }
    </Loaded>
  );
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
