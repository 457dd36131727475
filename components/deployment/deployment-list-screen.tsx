"use client";
import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useState } from "react";
import { MOST_DEPLOYMENTS_LISTED } from "@/server/domain/most-deployments-listed";
import { ApiHeader } from "../api/api-header";
import { StageNodes } from "../node/stage-nodes";
import { Loaded } from "../shell/loaded";
import { useCan } from "../shell/session";
import { useSearchState } from "../shell/use-search-state";
import { useTRPC } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { cx } from "../ui/class-names";
import { Pane, PaneHandle, Panes, PaneTitle } from "../ui/panes";
import { RelativeTime } from "../ui/relative-time";
import { EmptyState } from "../ui/state/empty-state";
import { StateDot, StateLabel } from "../ui/state-dot";
import { ComparePane } from "./compare-pane";
import { DeleteDeploymentDialog } from "./delete-deployment-dialog";
import { type Deployment, DeploymentMenu } from "./deployment-menu";
import { RollbackDialog, type RollbackTarget } from "./rollback-dialog";

/** What changed against the deployment that was the newest before it, at a glance. */
function ChangeWords({ deployment }: { deployment: Deployment }) {
  const { changes, changeSummary, baseNumber } = deployment;
  const since = baseNumber === null ? "" : ` since #${baseNumber}`;
  if (changes === 0) return <span className="block text-faint text-sm">no changes{since}</span>;
  const sentences = changeSummary?.sentences ?? [];
  return (
    <span className="flex items-baseline gap-2 text-sm" title={sentences.join("\n") || undefined}>
      <span className="num shrink-0 text-muted">
        {changes} {changes === 1 ? "change" : "changes"}
        {since}
      </span>
      <span className="truncate text-faint">{sentences.join(", ")}</span>
      {changeSummary && changeSummary.breaking > 0 ? (
        <Badge tone="bad">{changeSummary.breaking} may break callers</Badge>
      ) : null}
    </span>
  );
}

function DeploymentRow({
  apiId,
  deployment,
  isShown,
  isLast,
  onShow,
  menu,
}: {
  apiId: string;
  deployment: Deployment;
  isShown: boolean;
  isLast: boolean;
  onShow: () => void;
  menu: React.ReactNode;
}) {
  const isLive = deployment.liveOn.length > 0;
  return (
    <li
      className={cx(
        "relative flex gap-3 pr-2 pl-3.5 hover:bg-hover/60",
        isShown && "bg-accent-soft shadow-[inset_2px_0_0_var(--accent)] hover:bg-accent-soft",
      )}
    >
      <div className="flex w-3 shrink-0 flex-col items-center" aria-hidden="true">
        <span className="h-[15px] w-px bg-line-strong" />
        <StateDot state={isLive ? "live" : "off"} />
        <span className={cx("w-px flex-1", isLast ? "bg-transparent" : "bg-line-strong")} />
      </div>
      <button
        type="button"
        onClick={onShow}
        aria-current={isShown}
        className="min-w-0 flex-1 py-2 text-left focus-visible:outline-offset-[-2px]"
      >
        <span className="flex items-baseline gap-2">
          <span className="num font-semibold">#{deployment.number}</span>
          <span className="truncate">
            {deployment.description || <span className="text-faint">no description</span>}
          </span>
        </span>
        <span className="flex flex-wrap items-center gap-x-3 text-muted text-sm">
          <span>{deployment.actorName}</span>
          <RelativeTime at={deployment.createdAt} />
          {deployment.liveOn.map((stage) => (
            <span key={stage} className="inline-flex items-center gap-1.5">
              <StateLabel state="live">{stage}</StateLabel>
              <StageNodes apiId={apiId} stageName={stage} isPlain />
            </span>
          ))}
          {deployment.canaryOn.map((stage) => (
            <StateLabel key={stage} state="canary">
              canary of {stage}
            </StateLabel>
          ))}
        </span>
        <ChangeWords deployment={deployment} />
      </button>
      <div className="py-2">{menu}</div>
    </li>
  );
}

function Timeline({ apiId, deployments }: { apiId: string; deployments: readonly Deployment[] }) {
  const search = useSearchState();
  const [rollback, setRollback] = useState<RollbackTarget | null>(null);
  const [deleted, setDeleted] = useState<Deployment | null>(null);
  const shown = search.get("to") ?? "draft";
  const show = (to: string, from: string | null = null) => search.set({ to, from });
  return (
    <>
      <ul aria-label="Deployments" className="min-h-0 flex-1 overflow-y-auto pb-4">
        {deployments.map((deployment, index) => (
          <DeploymentRow
            key={deployment.id}
            apiId={apiId}
            deployment={deployment}
            isShown={shown === deployment.id}
            isLast={index === deployments.length - 1}
            onShow={() => show(deployment.id)}
            menu={
              <DeploymentMenu
                apiId={apiId}
                deployment={deployment}
                deployments={deployments}
                onCompare={(toId) => show(toId, deployment.id)}
                onServe={setRollback}
                onDelete={() => setDeleted(deployment)}
              />
            }
          />
        ))}
      </ul>
      {rollback ? <RollbackDialog target={rollback} onClose={() => setRollback(null)} /> : null}
      {deleted ? (
        <DeleteDeploymentDialog apiId={apiId} deployment={deleted} onClose={() => setDeleted(null)} />
      ) : null}
    </>
  );
}

const countWords = (count: number) =>
  count < MOST_DEPLOYMENTS_LISTED ? `${count} in all` : `the newest ${count}`;

export function DeploymentListScreen({ apiId }: { apiId: string }) {
  const trpc = useTRPC();
  const can = useCan();
  const search = useSearchState();
  const query = useQuery(trpc.deployment.list.queryOptions({ apiId }));
  return (
    <>
      <ApiHeader apiId={apiId} section="Deployments" />
      <Loaded query={query}>
        {(deployments) =>
          deployments.length === 0 ? (
            <EmptyState
              icon={<Rocket />}
              title="Never deployed"
              actions={
                can("api:deploy") ? (
                  <Button variant="primary" onClick={() => search.set({ deploy: "" })}>
                    Deploy the draft
                  </Button>
                ) : null
              }
            >
              A deployment freezes the draft as it is. Stages point at deployments, so going back is one
              click.
            </EmptyState>
          ) : (
            <Panes id="deployments">
              <Pane id="deployments-timeline" defaultSize="44%" minSize="300px">
                <PaneTitle aside={countWords(deployments.length)}>Timeline</PaneTitle>
                <Timeline apiId={apiId} deployments={deployments} />
              </Pane>
              <PaneHandle />
              <Pane id="deployments-compare" defaultSize="56%" minSize="320px" className="bg-surface">
                <ComparePane apiId={apiId} deployments={deployments} />
              </Pane>
            </Panes>
          )
        }
      </Loaded>
    </>
  );
}
