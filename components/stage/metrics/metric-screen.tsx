"use client";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useMemo } from "react";
import { ApiHeader } from "../../api/api-header";
import { Loaded } from "../../shell/loaded";
import { PageBody } from "../../shell/page-header";
import { saveFile } from "../../shell/save-file";
import { useSearchState } from "../../shell/use-search-state";
import { useTRPC } from "../../trpc/trpc";
import { Button } from "../../ui/button";
import { cx } from "../../ui/class-names";
import { Section } from "../../ui/section";
import { Segmented } from "../../ui/segmented";
import { Notice } from "../../ui/state/notice";
import { Skeleton } from "../../ui/state/skeleton";
import { chartsFor } from "./chart/chart-series";
import { MetricChart } from "./chart/metric-chart";
import { KeyTable } from "./key-table";
import { MarkList } from "./mark-list";
import { MethodTable } from "./method-table";
import { type MetricQuestion, questionOf, refreshMs } from "./metric-address";
import { seriesCsv } from "./metric-csv";
import { MetricToolbar } from "./metric-toolbar";
import { type ApiMetrics, isNotKept, keptWords, markedSteps } from "./metric-words";
import { NoTraffic } from "./no-traffic";
import { SeriesTable } from "./series-table";
import { StepBar } from "./step-bar";
import { useSubject } from "./use-subject";

/** Requests, errors, latency and cache of an API over time, by stage, method, plan and key; all choices in the address. */
export function MetricScreen({ apiId }: { apiId: string }) {
  const trpc = useTRPC();
  const search = useSearchState();
  const question = questionOf(apiId, search.get);
  const refetchInterval = search.get("refresh") === "off" ? false : refreshMs(question.range);
  const query = useQuery({
    ...trpc.metric.ofApi.queryOptions(question),
    placeholderData: (before) => before,
    refetchInterval,
  });
  const subject = useSubject(question);
  const isGone = query.data !== undefined && isNotKept(query.data);
  return (
    <>
      <ApiHeader apiId={apiId} section="Metrics" />
      <PageBody>
        <div className="flex flex-col gap-4">
          <MetricToolbar question={question} metrics={query.data} subject={subject} />
          {query.data ? <KeptNotice metrics={query.data} /> : null}
          <Loaded query={query} skeleton={<Skeleton className="h-[420px] rounded-lg" />}>
            {(metrics) =>
              metrics.total.count === 0 ? (
                <Section title="Traffic">
                  <NoTraffic question={question} metrics={metrics} />
                </Section>
              ) : (
                <Traffic question={question} metrics={metrics} isStale={query.isPlaceholderData} />
              )
            }
          </Loaded>
          {query.data && query.data.routes.length > 0 ? (
            <MethodTable metrics={query.data} route={question.route} />
          ) : null}
          {isGone ? null : <KeyTable question={question} refetchInterval={refetchInterval} />}
          {query.data ? <MarkList apiId={apiId} marks={query.data.marks} /> : null}
        </div>
      </PageBody>
    </>
  );
}

/** A part of the time is no longer kept; where all of it is gone, the empty charts say so. */
function KeptNotice({ metrics }: { metrics: ApiMetrics }) {
  const words = keptWords(metrics);
  if (!words || isNotKept(metrics)) return null;
  return <Notice>{words} Empty steps before that do not mean no traffic.</Notice>;
}

function Traffic({
  question,
  metrics,
  isStale,
}: {
  question: MetricQuestion;
  metrics: ApiMetrics;
  isStale: boolean;
}) {
  const search = useSearchState();
  const isTable = search.get("view") === "table";
  const charts = chartsFor(metrics.total);
  const chosen = metrics.points.find(({ atMs }) => String(atMs) === search.get("at"));
  return (
    <Section
      title="Traffic"
      className={cx("transition-opacity", isStale && "opacity-60")}
      aside={
        <>
          <Button
            size="sm"
            variant="ghost"
            onClick={() => saveFile({ filename: "metrics.csv", content: seriesCsv(metrics) })}
          >
            <Download /> CSV
          </Button>
          <Segmented
            label="Show as"
            value={isTable ? "table" : "charts"}
            onValueChange={(value) => search.set({ view: value === "table" ? value : null })}
            options={[
              { value: "charts", label: "Charts" },
              { value: "table", label: "Table" },
            ]}
          />
        </>
      }
    >
      {chosen ? (
        <StepBar
          question={question}
          metrics={metrics}
          point={chosen}
          onZoom={(fromMs, toMs) =>
            search.set({
              from: new Date(fromMs).toISOString(),
              to: new Date(Math.min(toMs, metrics.toMs)).toISOString(),
              range: null,
              at: null,
            })
          }
          onClose={() => search.set({ at: null })}
        />
      ) : null}
      {isTable ? (
        <SeriesTable question={question} metrics={metrics} charts={charts} />
      ) : (
        <Charts metrics={metrics} chosen={chosen?.atMs ?? null} />
      )}
    </Section>
  );
}

/** The first over the whole width, the others side by side. */
function Charts({ metrics, chosen }: { metrics: ApiMetrics; chosen: number | null }) {
  const search = useSearchState();
  const hide = search.get("hide") ?? "";
  const hidden = useMemo(() => new Set(hide.split(",").filter(Boolean)), [hide]);
  const marked = useMemo(() => markedSteps(metrics.marks, metrics), [metrics]);
  const [first, ...others] = chartsFor(metrics.total);
  const props = {
    metrics,
    marked,
    hidden,
    chosen,
    chosenNow: () => {
      const at = new URLSearchParams(window.location.search).get("at");
      return at === null ? null : Number(at);
    },
    onChoose: (atMs: number | null) => search.set({ at: atMs === null ? null : String(atMs) }),
    onToggle: (id: string) => {
      const next = new Set(hidden);
      if (!next.delete(id)) next.add(id);
      search.set({ hide: next.size > 0 ? [...next].join(",") : null });
    },
  };
  return (
    <>
      {first ? <MetricChart {...props} chart={first} height={200} ticks={10} /> : null}
      <div
        className={cx(
          "grid border-line border-t max-lg:[&>*+*]:border-line max-lg:[&>*+*]:border-t lg:[&>*+*]:border-line lg:[&>*+*]:border-l",
          others.length === 3 ? "lg:grid-cols-[1fr_1.4fr_1fr]" : "lg:grid-cols-2",
        )}
      >
        {others.map((chart) => (
          <MetricChart key={chart.id} {...props} chart={chart} height={150} ticks={5} />
        ))}
      </div>
    </>
  );
}
