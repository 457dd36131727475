"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesCombined } from "lucide-react";
import Link from "next/link";
import { useApi } from "../../api/use-api";
import { curlOf } from "../../deployment/curl";
import { useSearchState } from "../../shell/use-search-state";
import { useTRPC } from "../../trpc/trpc";
import { Button } from "../../ui/button";
import { CodeBlock } from "../../ui/code-block";
import { EmptyState } from "../../ui/state/empty-state";
import { type MetricQuestion, RANGES } from "./metric-address";
import { type ApiMetrics, isNotKept, keptSince } from "./metric-words";

/** In minutes. */
const LONGEST = Math.max(...RANGES.map(({ value }) => Number(value)));

/** Why the charts are empty, and how that changes: look at more, or make a request. */
export function NoTraffic({ question, metrics }: { question: MetricQuestion; metrics: ApiMetrics }) {
  const search = useSearchState();
  const { range, ...rest } = question;
  const isFiltered = Object.keys(rest).length > 1;
  const isLongest = "minutes" in range && range.minutes === LONGEST;
  const stageName = question.stage ?? metrics.stages[0];
  const isGone = isNotKept(metrics);
  return (
    <EmptyState
      icon={<ChartNoAxesCombined />}
      title={
        isGone
          ? "Metrics of this time are no longer kept"
          : isFiltered
            ? "No request of this time fits the filters"
            : "No requests in this time"
      }
      actions={
        <>
          {isFiltered && !isGone ? (
            <Button onClick={() => search.set({ stage: null, route: null, key: null, plan: null })}>
              Remove the filters
            </Button>
          ) : null}
          {isLongest ? null : (
            <Button onClick={() => search.set({ range: String(LONGEST), from: null, to: null })}>
              Show {LONGEST / 1_440} days
            </Button>
          )}
          {stageName || isGone ? null : (
            <Button asChild variant="primary">
              <Link href={`/apis/${question.apiId}/deployments?deploy`}>Deploy</Link>
            </Button>
          )}
        </>
      }
    >
      {isGone ? (
        keptSince(metrics)
      ) : stageName ? (
        <FirstCall apiId={question.apiId} stageName={stageName} />
      ) : (
        "The API has no stage yet, so nobody can call it. Deploy it first."
      )}
    </EmptyState>
  );
}

function FirstCall({ apiId, stageName }: { apiId: string; stageName: string }) {
  const trpc = useTRPC();
  const { data: api } = useApi(apiId);
  const stage = useQuery(trpc.stage.get.queryOptions({ apiId, stageName }));
  const curl = api && stage.data ? curlOf(api.definition, stage.data.invokeUrls.path) : null;
  return (
    <>
      <p className="mb-2">Every request to a stage is counted, and here within ten seconds. Make one:</p>
      {curl ? <CodeBlock code={curl} label="curl command" wrap className="text-left" /> : null}
    </>
  );
}
