"use client";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useRef, useState } from "react";
import { counted } from "../shell/count-words";
import { useSearchState } from "../shell/use-search-state";
import { type Answers, useTRPC } from "../trpc/trpc";
import type { RequestFilter } from "./request-filter";

type Histogram = Answers["requestLog"]["histogram"];
type Bar = Histogram["bars"][number];

const LIVE_MS = 5_000;

/** The requests that fit the filter over time; a bar sets the time in the address. */
export function RequestHistogram({
  name,
  filter,
  isPaused,
}: {
  name: { apiId: string; stageName: string };
  filter: RequestFilter;
  isPaused: boolean;
}) {
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.requestLog.histogram.queryOptions({ ...name, filter }),
    refetchInterval: isPaused || filter.toMs !== undefined ? false : LIVE_MS,
  });
  if (query.error || query.data?.bars.length === 0) return null;
  return (
    <div className="h-[104px] border-line border-b px-3 pt-2.5">
      {query.data ? <Bars histogram={query.data} /> : null}
    </div>
  );
}

const totalOf = ({ passed, errors4xx, errors5xx }: Bar) => passed + errors4xx + errors5xx;

function Bars({ histogram }: { histogram: Histogram }) {
  const { bars, stepMs } = histogram;
  const search = useSearchState();
  const list = useRef<HTMLFieldSetElement>(null);
  const [focused, setFocused] = useState(bars.length - 1);
  const [pointed, setPointed] = useState<number | null>(null);
  const most = Math.max(1, ...bars.map(totalOf));
  const reachable = Math.min(focused, bars.length - 1);
  const choose = ({ atMs }: Bar) =>
    search.set(
      { from: new Date(atMs).toISOString(), to: new Date(atMs + stepMs).toISOString(), since: null },
      "push",
    );
  const move = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -bars.length, End: bars.length }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(bars.length - 1, reachable + by));
    setFocused(next);
    (list.current?.querySelectorAll("button")[next] as HTMLElement | undefined)?.focus();
  };
  const shown = pointed === null ? undefined : bars[pointed];
  return (
    <>
      <fieldset
        ref={list}
        aria-label="Requests over time"
        onKeyDown={move}
        onMouseLeave={() => setPointed(null)}
        className="flex h-16 items-stretch border-line-strong border-b"
      >
        {bars.map((bar, index) => (
          <button
            key={bar.atMs}
            type="button"
            tabIndex={index === reachable ? 0 : -1}
            aria-label={`${timeOf(bar.atMs, stepMs)}: ${barWords(bar)}`}
            aria-disabled={totalOf(bar) === 0}
            onClick={() => totalOf(bar) > 0 && choose(bar)}
            onMouseEnter={() => setPointed(index)}
            onFocus={() => {
              setFocused(index);
              setPointed(index);
            }}
            onBlur={() => setPointed(null)}
            className="flex min-w-0 flex-1 flex-col justify-end px-px hover:bg-hover aria-disabled:cursor-default"
          >
            <Part count={bar.errors5xx} most={most} ink="bg-bad" />
            <Part count={bar.errors4xx} most={most} ink="bg-warn" />
            <Part count={bar.passed} most={most} ink="bg-accent" />
          </button>
        ))}
      </fieldset>
      <p className="num flex justify-between gap-3 whitespace-nowrap pt-1 text-faint text-sm">
        <span>{timeOf(histogram.fromMs, stepMs)}</span>
        <span className="truncate text-muted">
          {shown ? `${timeOf(shown.atMs, stepMs)}: ${barWords(shown)}` : barWords(sumOf(bars))}
        </span>
        <span>{timeOf(histogram.toMs, stepMs)}</span>
      </p>
    </>
  );
}

function Part({ count, most, ink }: { count: number; most: number; ink: string }) {
  if (count === 0) return null;
  return <span className={`w-full ${ink}`} style={{ height: `max(1px, ${(100 * count) / most}%)` }} />;
}

function barWords(bar: Bar): string {
  return [
    counted(totalOf(bar), "request"),
    ...(bar.errors4xx > 0 ? [`${counted(bar.errors4xx, "4xx", "4xx")}`] : []),
    ...(bar.errors5xx > 0 ? [`${counted(bar.errors5xx, "5xx", "5xx")}`] : []),
  ].join(", ");
}

function sumOf(bars: readonly Bar[]): Bar {
  const sum = { atMs: 0, passed: 0, errors4xx: 0, errors5xx: 0 };
  for (const bar of bars) {
    sum.passed += bar.passed;
    sum.errors4xx += bar.errors4xx;
    sum.errors5xx += bar.errors5xx;
  }
  return sum;
}

const DAY_MS = 86_400_000;

/** As exact as the steps are, in the time zone of who reads it. */
function timeOf(ms: number, stepMs: number): string {
  const date = new Date(ms);
  const day = { day: "numeric", month: "short" } as const;
  if (stepMs >= DAY_MS) return date.toLocaleDateString("en-GB", day);
  const clock = { hour: "2-digit", minute: "2-digit" } as const;
  if (stepMs < 60_000) return date.toLocaleTimeString("en-GB", { ...clock, second: "2-digit" });
  return stepMs >= 1_800_000
    ? date.toLocaleString("en-GB", { ...day, ...clock })
    : date.toLocaleTimeString("en-GB", clock);
}
