"use client";
import { useQuery } from "@tanstack/react-query";
import { Redo2, Rocket, Undo2 } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { DeployDialog } from "../deployment/deploy-dialog";
import { type Crumb, PageHeader } from "../shell/page-header";
import { useCan, whoCan } from "../shell/session";
import { useShortcut } from "../shell/shortcuts";
import { useSearchState } from "../shell/use-search-state";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Keys } from "../ui/kbd";
import { Tooltip } from "../ui/overlay/tooltip";
import { StateLabel } from "../ui/state-dot";
import { ApiMenu } from "./api-menu";
import { useApi } from "./use-api";

export type HistoryStep = {
  /** What would be undone or redone; null disables the button. */
  label: string | null;
  run: () => void;
};

export type ApiHeaderProps = {
  apiId: string;
  /** The screen inside the API; left out on Design, where the API is the heading. */
  section?: string;
  /** Crumbs after the section. */
  trail?: readonly Crumb[];
  undo?: HistoryStep;
  redo?: HistoryStep;
  /** More buttons, before Test and Deploy. */
  actions?: ReactNode;
  /** What Test does; without it, it leads to the test screen. */
  onTest?: () => void;
  /** Saves what is pending; the deploy dialog opens after it. */
  beforeDeploy?: () => Promise<unknown>;
};

/** Draft and stages in words and shapes; each leads to what it tells about. */
function ApiStates({ apiId }: { apiId: string }) {
  const trpc = useTRPC();
  const { data: api } = useApi(apiId);
  const preview = useQuery(trpc.deployment.preview.queryOptions({ apiId }));
  if (!api) return null;
  const changes = preview.data?.changes.length;
  const isDraft = api.stages.length === 0 || !api.stages.some((stage) => stage.inSync);
  const stages = api.stages.slice(0, 3);
  const draftText =
    api.stages.length === 0
      ? "Draft, never deployed"
      : `Draft${changes ? `, ${changes} ${changes === 1 ? "change" : "changes"}` : ""}`;
  return (
    <>
      {isDraft ? (
        <Link href={`/apis/${apiId}/deployments?to=draft`} className="rounded-xs hover:underline">
          <StateLabel state="draft">{draftText}</StateLabel>
        </Link>
      ) : null}
      {stages.map((stage) => (
        <Tooltip
          key={stage.name}
          content={stage.inSync ? "Serves exactly this draft" : "Serves an older definition than this draft"}
        >
          <Link
            href={`/apis/${apiId}/stages/${encodeURIComponent(stage.name)}`}
            className="rounded-xs hover:underline"
          >
            <StateLabel state={stage.canaryPercent === null ? "live" : "canary"}>
              {stage.name} #{stage.deploymentNumber}
              {stage.canaryPercent === null ? null : `, canary ${stage.canaryPercent} %`}
            </StateLabel>
          </Link>
        </Tooltip>
      ))}
      {api.stages.length > stages.length ? (
        <Link href={`/apis/${apiId}/stages`} className="whitespace-nowrap text-muted text-sm hover:underline">
          and {api.stages.length - stages.length} more
        </Link>
      ) : null}
    </>
  );
}

function HistoryButton({ kind, step }: { kind: "Undo" | "Redo"; step: HistoryStep }) {
  const label = step.label ? `${kind}: ${step.label}` : `Nothing to ${kind.toLowerCase()}`;
  return (
    <IconButton
      label={label}
      keys={kind === "Undo" ? "mod+z" : "mod+shift+z"}
      onClick={step.run}
      disabled={!step.label}
    >
      {kind === "Undo" ? <Undo2 /> : <Redo2 />}
    </IconButton>
  );
}

/** The header of every screen of an API: where, draft and stages, undo and redo, Test, Deploy. */
export function ApiHeader({
  apiId,
  section,
  trail = [],
  undo,
  redo,
  actions,
  onTest,
  beforeDeploy,
}: ApiHeaderProps) {
  const { data: api, isError } = useApi(apiId);
  const can = useCan();
  const search = useSearchState();
  const canDeploy = can("api:deploy");
  const openDeploy = () => {
    const open = () => search.set({ deploy: "" }, "push");
    if (beforeDeploy) void beforeDeploy().then(open);
    else open();
  };
  useShortcut(
    { keys: "mod+shift+d", label: "Deploy", group: "This API", run: openDeploy, inFields: true },
    canDeploy,
  );
  if (isError) return <PageHeader crumbs={[{ label: "APIs", href: "/apis" }, { label: apiId }]} />;
  const name = api?.name ?? "…";
  const crumbs: Crumb[] = [
    { label: "APIs", href: "/apis" },
    { label: name, href: `/apis/${apiId}/design` },
    ...(section ? [{ label: section, href: `/apis/${apiId}/${section.toLowerCase()}` }] : []),
    ...trail,
  ];
  const deploy = (
    <Button variant="primary" onClick={openDeploy} disabled={!canDeploy || !api}>
      <Rocket className="sm:hidden" />
      <span className="max-sm:sr-only">Deploy</span>
    </Button>
  );
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        states={<ApiStates apiId={apiId} />}
        actions={
          <>
            {undo ? <HistoryButton kind="Undo" step={undo} /> : null}
            {redo ? <HistoryButton kind="Redo" step={redo} /> : null}
            {actions}
            <ApiMenu apiId={apiId} />
            {onTest ? (
              <Button onClick={onTest}>
                Test{" "}
                <span className="max-sm:hidden">
                  <Keys keys="mod+enter" />
                </span>
              </Button>
            ) : section === "Test" ? null : (
              <Button asChild className="max-sm:hidden">
                <Link href={`/apis/${apiId}/test`}>Test</Link>
              </Button>
            )}
            {canDeploy || !api ? (
              deploy
            ) : (
              <Tooltip content={`${whoCan("api:deploy")} can deploy`}>
                <span>{deploy}</span>
              </Tooltip>
            )}
          </>
        }
      />
      {search.has("deploy") && api ? (
        <DeployDialog
          api={api}
          stageName={search.get("deploy") || undefined}
          onClose={() => search.set({ deploy: null })}
        />
      ) : null}
    </>
  );
}
