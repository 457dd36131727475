"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useShownRows } from "../shell/use-shown-rows";
import type { Answers } from "../trpc/trpc";
import { Badge, type Tone } from "../ui/badge";
import { cx } from "../ui/class-names";

export type DiffEntry = Answers["deployment"]["preview"]["changes"][number];

const KINDS: Record<DiffEntry["kind"], { mark: string; word: string; tone: Tone; ink: string }> = {
  added: { mark: "+", word: "added", tone: "ok", ink: "text-ok" },
  removed: { mark: "−", word: "removed", tone: "bad", ink: "text-bad" },
  changed: { mark: "~", word: "changed", tone: "warn", ink: "text-warn" },
};

const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

function Side({ title, value, ink }: { title: string; value: unknown; ink: string }) {
  return (
    <div className="min-w-0 flex-1">
      <div className={cx("text-xs", ink)}>{title}</div>
      <pre className="mono max-h-56 overflow-auto whitespace-pre-wrap break-words rounded-md border border-line bg-sunken px-2 py-1.5">
        {value === undefined || value === null || value === "" ? (
          <span className="text-faint">nothing</span>
        ) : (
          asText(value)
        )}
      </pre>
    </div>
  );
}

function DiffRow({ entry }: { entry: DiffEntry }) {
  const [isOpen, setOpen] = useState(false);
  const kind = KINDS[entry.kind];
  const hasDetail = entry.before !== undefined || entry.after !== undefined;
  return (
    <li className="border-line border-b last:border-0">
      <button
        type="button"
        disabled={!hasDetail}
        aria-expanded={hasDetail ? isOpen : undefined}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full items-start gap-2 px-3 py-1.5 text-left focus-visible:outline-offset-[-2px] enabled:hover:bg-hover/60"
      >
        <span
          className={cx("mono w-3 shrink-0 text-center font-semibold leading-5", kind.ink)}
          aria-hidden="true"
        >
          {kind.mark}
        </span>
        <span className="min-w-0 flex-1">
          <span className="sr-only">{kind.word}: </span>
          <span>{entry.summary}</span>
          <span className="mono block truncate text-faint">{entry.path}</span>
        </span>
        {entry.breaking ? <Badge tone="bad">may break callers</Badge> : null}
        {hasDetail ? (
          <ChevronRight
            className={cx("mt-1 size-3 shrink-0 text-faint transition-transform", isOpen && "rotate-90")}
          />
        ) : (
          <span className="w-3" />
        )}
      </button>
      {isOpen ? (
        <div className="flex gap-3 px-8 pb-2.5 max-sm:flex-col">
          <Side title="Before" value={entry.before} ink="text-bad" />
          <Side title="After" value={entry.after} ink="text-ok" />
        </div>
      ) : null}
    </li>
  );
}

/** Changes between two definitions, a sentence each; a row opens to before and after. */
export function DiffList({
  changes,
  empty = "No differences.",
  className,
}: {
  changes: readonly DiffEntry[];
  empty?: string;
  className?: string;
}) {
  const ordered = [...changes].sort((a, b) => Number(b.breaking) - Number(a.breaking));
  const { shown, more } = useShownRows(ordered);
  if (changes.length === 0) return <p className="px-3 py-3 text-muted">{empty}</p>;
  return (
    <>
      <ul aria-label="Changes" className={className}>
        {shown.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one path can have several entries
          <DiffRow key={`${entry.path}-${index}`} entry={entry} />
        ))}
      </ul>
      {more}
    </>
  );
}

/** "2 added, 1 changed" with what may break callers. */
export function DiffSummary({ changes }: { changes: readonly DiffEntry[] }) {
  const count = (kind: DiffEntry["kind"]) => changes.filter((entry) => entry.kind === kind).length;
  const parts = (["added", "changed", "removed"] as const).filter((kind) => count(kind) > 0);
  const breaking = changes.filter((entry) => entry.breaking).length;
  if (parts.length === 0) return <span className="text-muted">no changes</span>;
  return (
    <span className="num inline-flex items-center gap-2">
      {parts.map((kind) => (
        <span key={kind} className={KINDS[kind].ink}>
          {count(kind)} {kind}
        </span>
      ))}
      {breaking > 0 ? <Badge tone="bad">{breaking} may break callers</Badge> : null}
    </span>
  );
}
