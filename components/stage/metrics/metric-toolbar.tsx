"use client";
import { Pause, Play, X } from "lucide-react";
import { useSearchState } from "../../shell/use-search-state";
import { IconButton } from "../../ui/icon-button";
import { Segmented } from "../../ui/segmented";
import { Select } from "../../ui/select";
import { CustomRange } from "./custom-range";
import { DEFAULT_RANGE, type MetricQuestion, NO_ROUTE, RANGES } from "./metric-address";
import type { ApiMetrics } from "./metric-words";

/** Not a stage's name, and not a method's. */
const ALL = "*";
/** A select has no empty values. */
const UNMATCHED = "-";

/** What is shown, all of it in the address: time, stage, method, and the key that a row below chose. */
export function MetricToolbar({
  question,
  metrics,
  subject,
}: {
  question: MetricQuestion;
  metrics: ApiMetrics | undefined;
  /** Key and plan in words, when the charts are of one. */
  subject: string | null;
}) {
  const search = useSearchState();
  const { range, stage, route } = question;
  const isRelative = "minutes" in range;
  const isPaused = search.get("refresh") === "off";
  const shown = isRelative ? metrics : range;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label="Time range"
        value={isRelative ? String(range.minutes) : ""}
        onValueChange={(value) =>
          search.set({ range: value === DEFAULT_RANGE ? null : value, from: null, to: null, at: null })
        }
        options={RANGES as readonly { value: string; label: string }[]}
      />
      <CustomRange
        key={search.get("from")}
        shown={shown ?? { fromMs: Date.now() - 10_800_000, toMs: Date.now() }}
        isChosen={!isRelative}
        onChoose={(fromMs, toMs) =>
          search.set({
            from: new Date(fromMs).toISOString(),
            to: new Date(toMs).toISOString(),
            range: null,
            at: null,
          })
        }
      />
      <Select
        aria-label="Stage"
        className="w-36 max-sm:order-2 max-sm:w-auto max-sm:min-w-32 max-sm:flex-1"
        value={stage ?? ALL}
        onValueChange={(value) => search.set({ stage: value === ALL ? null : value })}
        options={[
          { value: ALL, label: "All stages" },
          ...optionsOf(metrics?.stages ?? [], stage).map((name) => ({ value: name, label: name })),
        ]}
      />
      {subject === null ? (
        <Select
          aria-label="Method"
          className="w-52 max-sm:order-2 max-sm:w-auto max-sm:min-w-32 max-sm:flex-1"
          value={route === undefined ? ALL : route || UNMATCHED}
          onValueChange={(value) =>
            search.set({ route: value === ALL ? null : value === UNMATCHED ? "" : value })
          }
          options={[
            { value: ALL, label: "All methods" },
            ...optionsOf(metrics?.routes.map((row) => row.route) ?? [], route)
              .sort()
              .map((name) => ({ value: name || UNMATCHED, label: name || NO_ROUTE })),
          ]}
        />
      ) : (
        <button
          type="button"
          aria-label="Remove filter Key"
          onClick={() => search.set({ key: null, plan: null })}
          className="inline-flex h-7 max-w-72 max-sm:order-2 items-center gap-1.5 rounded-md border border-line bg-sunken px-2 text-sm hover:bg-hover"
        >
          <span className="text-muted">Key</span>
          <span className="truncate">{subject}</span>
          <X className="size-3 shrink-0 text-faint" />
        </button>
      )}
      {isRelative ? (
        <span className="ml-auto flex items-center gap-1 text-muted text-sm max-sm:order-1">
          <span className="max-sm:sr-only">{isPaused ? "paused" : "refreshes by itself"}</span>
          <IconButton
            label={isPaused ? "Refresh by itself" : "Do not refresh"}
            onClick={() => search.set({ refresh: isPaused ? null : "off" })}
          >
            {isPaused ? <Play /> : <Pause />}
          </IconButton>
        </span>
      ) : null}
    </div>
  );
}

/** What there is, and what is chosen although it is not there (any more). */
function optionsOf(names: readonly string[], chosen: string | undefined): string[] {
  return [...new Set(chosen === undefined ? names : [...names, chosen])];
}
