"use client";
import { useQuery } from "@tanstack/react-query";
import { Ellipsis, GitCompareArrows, Rocket, RotateCcw } from "lucide-react";
import { useState } from "react";
import { ApiHeader } from "../api/api-header";
import { useApi } from "../api/use-api";
import { Loaded } from "../shell/loaded";
import { useCan } from "../shell/session";
import { useSearchState } from "../shell/use-search-state";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { cx } from "../ui/class-names";
import { CopyableId } from "../ui/copy-button";
import { IconButton } from "../ui/icon-button";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "../ui/overlay/dropdown-menu";
import { Pane, PaneHandle, Panes, PaneTitle } from "../ui/panes";
import { RelativeTime } from "../ui/relative-time";
import { EmptyState } from "../ui/state/empty-state";
import { StateDot, StateLabel } from "../ui/state-dot";
import { ComparePane } from "./compare-pane";
import { RollbackDialog, type RollbackTarget } from "./rollback-dialog";

type Deployment = Answers["deployment"]["list"][number];

function DeploymentRow({
  deployment,
  isShown,
  isLast,
  onShow,
  menu,
}: {
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
          <span className="num">
            {deployment.changes} {deployment.changes === 1 ? "change" : "changes"}
          </span>
          {deployment.liveOn.map((stage) => (
            <StateLabel key={stage} state="live">
              {stage}
            </StateLabel>
          ))}
        </span>
      </button>
      <div className="py-2">{menu}</div>
    </li>
  );
}

function Timeline({ apiId, deployments }: { apiId: string; deployments: readonly Deployment[] }) {
  const can = useCan();
  const search = useSearchState();
  const { data: api } = useApi(apiId);
  const [rollback, setRollback] = useState<RollbackTarget | null>(null);
  const shown = search.get("to") ?? "draft";
  const show = (to: string, from: string | null = null) => search.set({ to, from });
  const liveOn = (stageName: string) => deployments.find((one) => one.liveOn.includes(stageName));
  const stagesFor = (deployment: Deployment) =>
    can("api:deploy")
      ? (api?.stages ?? []).filter((stage) => !deployment.liveOn.includes(stage.name) && liveOn(stage.name))
      : [];
  return (
    <>
      <ul aria-label="Deployments" className="min-h-0 flex-1 overflow-y-auto pb-4">
        {deployments.map((deployment, index) => (
          <DeploymentRow
            key={deployment.id}
            deployment={deployment}
            isShown={shown === deployment.id}
            isLast={index === deployments.length - 1}
            onShow={() => show(deployment.id)}
            menu={
              <DropdownMenu
                trigger={
                  <IconButton label={`Actions for deployment ${deployment.number}`} size="sm">
                    <Ellipsis />
                  </IconButton>
                }
              >
                <MenuItem onSelect={() => show("draft", deployment.id)}>
                  <GitCompareArrows /> Compare with the draft
                </MenuItem>
                {index > 0 ? (
                  <MenuItem onSelect={() => show(deployments[0]?.id ?? "draft", deployment.id)}>
                    <GitCompareArrows /> Compare with the latest
                  </MenuItem>
                ) : null}
                {stagesFor(deployment).length > 0 ? (
                  <>
                    <MenuSeparator />
                    <MenuLabel>Serve #{deployment.number} on</MenuLabel>
                  </>
                ) : null}
                {stagesFor(deployment).map((stage) => {
                  const from = liveOn(stage.name);
                  return (
                    <MenuItem
                      key={stage.name}
                      onSelect={() =>
                        from && setRollback({ apiId, stageName: stage.name, from, to: deployment })
                      }
                    >
                      <RotateCcw /> {stage.name}
                      <span className="ml-auto pl-4 text-faint text-sm">now #{from?.number}</span>
                    </MenuItem>
                  );
                })}
                <MenuSeparator />
                <div className="flex justify-between gap-4 px-2 py-1 text-faint text-sm">
                  Hash <CopyableId id={deployment.hash.slice(0, 12)} label="hash" />
                </div>
              </DropdownMenu>
            }
          />
        ))}
      </ul>
      {rollback ? <RollbackDialog target={rollback} onClose={() => setRollback(null)} /> : null}
    </>
  );
}

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
                <PaneTitle aside={`${deployments.length} in all`}>Timeline</PaneTitle>
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
