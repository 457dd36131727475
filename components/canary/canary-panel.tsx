"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useRefreshApi } from "../api/use-api";
import { useIsShown } from "../stage/panel/stage-panel";
import type { Stage } from "../stage/use-stage-changes";
import { useTRPC } from "../trpc/trpc";
import { Notice } from "../ui/state/notice";
import { CanaryControl } from "./canary-control";
import { RolloutReports } from "./rollout-reports";
import { RolloutSection } from "./rollout-section";
import { StartCanary } from "./start-canary";
import { VariantComparison } from "./variant-comparison";

const LIVE_MS = 2_000;

/** A stage's canary: none yet, or its control, comparison and steps; and what earlier ones did. */
export function CanaryPanel({ apiId, stage }: { apiId: string; stage: Stage }) {
  const trpc = useTRPC();
  const refresh = useRefreshApi(apiId);
  const { canary } = stage.config;
  const isShown = useIsShown();
  const query = useQuery({
    ...trpc.canary.rollouts.queryOptions({ apiId, stageName: stage.name }),
    refetchInterval: canary && isShown ? LIVE_MS : false,
  });
  const rollouts = query.data ?? [];
  const newest = rollouts[0];
  // The gateways move a canary by themselves: where it stands tells when the stage has changed.
  const standing = newest ? `${newest.id} ${newest.status} ${newest.step}` : "";
  const known = useRef(standing);
  useEffect(() => {
    if (known.current !== "" && known.current !== standing) void refresh();
    known.current = standing;
  }, [standing, refresh]);
  const past = rollouts.filter(({ status }) => status !== "running");
  const running = rollouts.find(({ status }) => status === "running") ?? null;
  const endedByItself = !canary && newest?.status === "aborted" && newest.evidence.at(-1)?.move === "abort";
  return (
    <div className="flex flex-col gap-4">
      {endedByItself ? (
        <Notice tone="bad" title={`Canary #${newest.canaryNumber} was aborted by itself`}>
          {newest.reason}. Every request goes to #{stage.deployment.number} again.
        </Notice>
      ) : null}
      {newest?.status === "passed" ? (
        <Notice tone="ok" title={`Canary #${newest.canaryNumber} passed every step`}>
          It waits at {canary?.percentTraffic} % for you to promote it.
        </Notice>
      ) : null}
      {canary ? (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <CanaryControl apiId={apiId} stage={stage} canary={canary} isRolling={running !== null} />
          <div className="flex min-w-0 flex-col gap-4">
            <VariantComparison apiId={apiId} stage={stage} running={running !== null} />
            <RolloutSection apiId={apiId} stage={stage} running={running} />
          </div>
        </div>
      ) : endedByItself ? null : (
        <StartCanary apiId={apiId} stage={stage} />
      )}
      <RolloutReports stage={{ apiId, stageName: stage.name }} rollouts={past} />
      {endedByItself ? <StartCanary apiId={apiId} stage={stage} /> : null}
    </div>
  );
}
