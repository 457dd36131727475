"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ApiHeader } from "../api/api-header";
import { CanaryPanel } from "../canary/canary-panel";
import { stageAddresses } from "../domain-name/stage-addresses";
import { StageNodes, StageRefusals } from "../node/stage-nodes";
import { RequestLogForm } from "../request-log/request-log-form";
import { RequestLogPanel } from "../request-log/request-log-panel";
import { ReadOnlyNote } from "../shell/gate";
import { Loaded } from "../shell/loaded";
import { PageBody } from "../shell/page-header";
import { useSearchState } from "../shell/use-search-state";
import { useTRPC } from "../trpc/trpc";
import { CopyButton } from "../ui/copy-button";
import { RelativeTime } from "../ui/relative-time";
import { StateLabel } from "../ui/state-dot";
import { Tabs } from "../ui/tabs";
import { CacheForm } from "./cache/cache-form";
import { ClientCertificateSection } from "./client-certificate-section";
import { LoggingForm } from "./logging-form";
import { MethodLoggingForm } from "./method-logging-form";
import { StagePanel } from "./panel/stage-panel";
import { StageHistory } from "./stage-history";
import { StageMenu } from "./stage-menu";
import { StagePlans } from "./stage-plans";
import { ThrottleForm } from "./throttle-form";
import { TracingForm } from "./tracing-form";
import { TrafficStrip } from "./traffic-strip";
import type { Stage } from "./use-stage-changes";
import { VariablesForm } from "./variables-form";

function Address({ label, url }: { label: string; url: string }) {
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <span className="w-20 shrink-0 text-muted">{label}</span>
      <a href={url} target="_blank" rel="noreferrer" className="mono min-w-0 truncate hover:underline">
        {url}
      </a>
      <CopyButton text={url} label={`Copy ${label.toLowerCase()}`} />
    </div>
  );
}

function StageSummary({ apiId, stage }: { apiId: string; stage: Stage }) {
  const { deployment } = stage;
  const trpc = useTRPC();
  const domains = useQuery(trpc.domainName.list.queryOptions());
  const addresses = domains.data ? stageAddresses(domains.data, { apiId, stageName: stage.name }) : [];
  return (
    <div className="flex flex-wrap justify-between gap-x-10 gap-y-3">
      <div className="min-w-0">
        <Address label="Invoke URL" url={stage.invokeUrls.path} />
        <Address label="By host" url={stage.invokeUrls.host} />
        {addresses.map((url) => (
          <Address key={url} label="By name" url={url} />
        ))}
      </div>
      <div className="flex min-w-0 flex-col items-start gap-0.5 sm:items-end">
        <span className="flex items-center gap-2">
          <StateLabel state="live" className="font-medium text-ink">
            Deployment #{deployment.number}
          </StateLabel>
          <StageNodes apiId={apiId} stageName={stage.name} />

          <span className="text-muted text-sm">
            {deployment.actorName}, <RelativeTime at={deployment.createdAt} />
          </span>
        </span>
        {stage.config.canary && stage.canaryDeployment ? (
          <StateLabel state="canary">
            Canary #{stage.canaryDeployment.number} with {stage.config.canary.percentTraffic} % of the
            requests
          </StateLabel>
        ) : null}
        <span className="max-w-[420px] truncate text-muted text-sm">
          {deployment.description || "no description"}
          {stage.inSync ? null : (
            <>
              {" · "}
              <Link
                href={`/apis/${apiId}/deployments?from=${deployment.id}&to=draft`}
                className="text-accent underline underline-offset-2"
              >
                the draft is ahead
              </Link>
            </>
          )}
        </span>
      </div>
    </div>
  );
}

/** One stage: its address, what it serves, its traffic, and its own settings. */
export function StageScreen({ apiId, stageName }: { apiId: string; stageName: string }) {
  const trpc = useTRPC();
  const search = useSearchState();
  const query = useQuery(trpc.stage.get.queryOptions({ apiId, stageName }));
  const tab = search.get("tab") ?? "overview";
  return (
    <>
      <ApiHeader
        apiId={apiId}
        section="Stages"
        trail={[{ label: stageName }]}
        actions={query.data ? <StageMenu apiId={apiId} stage={query.data} /> : null}
      />
      <PageBody>
        <Loaded query={query}>
          {(stage) => (
            <div className="flex flex-col gap-4">
              <StageSummary apiId={apiId} stage={stage} />
              <StageRefusals apiId={apiId} stageName={stage.name} />
              <Tabs
                key={`${apiId}/${stageName}`}
                label="Stage"
                value={tab}
                onValueChange={(value) => search.set({ tab: value === "overview" ? null : value })}
                listClassName="-mx-6 px-4 max-sm:-mx-3"
                items={[
                  { value: "overview", label: "Overview" },
                  {
                    value: "variables",
                    label: "Variables",
                    count: Object.keys(stage.config.variables).length,
                  },
                  {
                    value: "canary",
                    label: stage.config.canary ? (
                      <StateLabel state="canary">Canary {stage.config.canary.percentTraffic} %</StateLabel>
                    ) : (
                      "Canary"
                    ),
                  },
                  { value: "throttling", label: "Throttling" },
                  { value: "cache", label: "Cache" },
                  { value: "requests", label: "Requests" },
                  { value: "logging", label: "Logs" },
                  { value: "plans", label: "Usage plans", count: stage.plans.length },
                ]}
              >
                <StagePanel value="overview" shown={tab} isKept>
                  {tab === "overview" ? (
                    <TrafficStrip apiId={apiId} stageName={stageName} events={stage.events} />
                  ) : null}
                  <StageHistory apiId={apiId} stage={stage} />
                  <ClientCertificateSection apiId={apiId} stage={stage} />
                </StagePanel>
                <StagePanel value="variables" shown={tab} isKept>
                  <ReadOnlyNote permission="stage:write" />
                  <VariablesForm apiId={apiId} stage={stage} />
                </StagePanel>
                <StagePanel value="canary" shown={tab} isKept>
                  <CanaryPanel apiId={apiId} stage={stage} />
                </StagePanel>
                <StagePanel value="throttling" shown={tab} isKept>
                  <ReadOnlyNote permission="stage:write" />
                  <ThrottleForm apiId={apiId} stage={stage} />
                </StagePanel>
                <StagePanel value="cache" shown={tab} isKept>
                  <ReadOnlyNote permission="stage:write" />
                  <CacheForm apiId={apiId} stage={stage} />
                </StagePanel>
                <StagePanel value="requests" shown={tab}>
                  <RequestLogPanel apiId={apiId} stage={stage} />
                </StagePanel>
                <StagePanel value="logging" shown={tab} isKept>
                  <ReadOnlyNote permission="stage:write" />
                  <RequestLogForm apiId={apiId} stage={stage} />
                  <MethodLoggingForm apiId={apiId} stage={stage} />
                  <LoggingForm apiId={apiId} stage={stage} />
                  <TracingForm apiId={apiId} stage={stage} />
                </StagePanel>
                <StagePanel value="plans" shown={tab}>
                  <StagePlans stage={stage} />
                </StagePanel>
              </Tabs>
            </div>
          )}
        </Loaded>
      </PageBody>
    </>
  );
}
