"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import { Loaded } from "../shell/loaded";
import { useShortcut } from "../shell/shortcuts";
import { useSearchState } from "../shell/use-search-state";
import type { Stage } from "../stage/use-stage-changes";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Kbd } from "../ui/kbd";
import { Section } from "../ui/section";
import { EmptyState } from "../ui/state/empty-state";
import { StateLabel } from "../ui/state-dot";
import { FilterBar } from "./filter-bar";
import { RequestDetail } from "./request-detail";
import { filterOf, mergeRequests, type RequestFilter } from "./request-filter";
import { RequestHistogram } from "./request-histogram";
import { RequestTable } from "./request-table";
import { useRequestTail } from "./use-request-tail";

/** The requests a stage's gateways logged, and those that come now. */
export function RequestLogPanel({ apiId, stage }: { apiId: string; stage: Stage }) {
  const search = useSearchState();
  const filter = filterOf(search.get);
  const isPaused = search.get("live") === "off";
  const isOff = (stage.config.requestLog ?? "OFF") === "OFF";
  const toggle = () => search.set({ live: isPaused ? null : "off" });
  useShortcut({ keys: "p", label: isPaused ? "Resume the live tail" : "Pause the live tail", run: toggle });
  return (
    <Section
      title="Requests"
      aside={
        <>
          <StateLabel state={isOff || isPaused ? "off" : "live"}>
            {isOff ? "not logged" : isPaused ? "paused" : "live"}
          </StateLabel>
          <Button size="sm" onClick={toggle}>
            {isPaused ? <Play /> : <Pause />}
            {isPaused ? "Resume" : "Pause"} <Kbd>p</Kbd>
          </Button>
        </>
      }
    >
      <FilterBar />
      <RequestHistogram name={{ apiId, stageName: stage.name }} filter={filter} isPaused={isPaused} />
      <Requests
        key={JSON.stringify(filter)}
        name={{ apiId, stageName: stage.name }}
        filter={filter}
        isPaused={isPaused}
        isOff={isOff}
      />
    </Section>
  );
}

function Requests({
  name,
  filter,
  isPaused,
  isOff,
}: {
  name: { apiId: string; stageName: string };
  filter: RequestFilter;
  isPaused: boolean;
  isOff: boolean;
}) {
  const trpc = useTRPC();
  const search = useSearchState();
  const openId = search.get("open");
  const { live } = useRequestTail({ ...name, filter }, isPaused);
  const query = useInfiniteQuery(
    trpc.requestLog.search.infiniteQueryOptions(
      { ...name, filter },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const found = query.data?.pages.flatMap((page) => page.items) ?? [];
  const requests = mergeRequests(live, found, live.length + found.length);
  const open = (requestId: string | null) => search.set({ open: requestId });
  const step = (by: number) => {
    const next = requests[requests.findIndex((one) => one.requestId === openId) + by];
    if (next) open(next.requestId);
  };
  useShortcut({ keys: "j", label: "Next request", run: () => step(1) });
  useShortcut({ keys: "k", label: "Previous request", run: () => step(-1) }, openId !== null);
  return (
    <Loaded query={query}>
      {() => (
        <>
          {requests.length === 0 ? (
            <EmptyState title={isOff ? "No requests are logged" : "No requests yet"}>
              {isOff
                ? "Turn the request log on under Logs: all requests, or a share of them."
                : "Those that fit the filters appear here as they come."}
            </EmptyState>
          ) : (
            <RequestTable requests={requests} openId={openId} onOpen={open} />
          )}
          {query.hasNextPage ? (
            <div className="p-3 text-center">
              <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show older
              </Button>
            </div>
          ) : null}
          {openId ? <RequestDetail {...name} requestId={openId} onClose={() => open(null)} /> : null}
        </>
      )}
    </Loaded>
  );
}
