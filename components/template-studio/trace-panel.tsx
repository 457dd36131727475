"use client";
import { ListTree } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "../ui/state/empty-state";
import type { Preview } from "./preview/preview";
import type { TraceRow } from "./preview/preview-protocol";
import { usePreviewState } from "./preview/use-preview";
import { TraceList } from "./trace-list";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="mono min-w-0 whitespace-pre-wrap break-words">{children}</dd>
    </>
  );
}

/** The chosen step in full. */
function StepDetail({ row, output }: { row: TraceRow; output: string }) {
  const written = row.output ? output.slice(row.output.from, row.output.to) : "";
  return (
    <section
      aria-label="Chosen step"
      className="max-h-[45%] shrink-0 overflow-y-auto border-line border-t bg-sunken px-3.5 py-2"
    >
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] items-baseline gap-x-2 gap-y-1">
        <Fact name={`Line ${row.line}`}>{row.source.trim() || row.what}</Fact>
        {row.from ? <Fact name="From">{row.from}</Fact> : null}
        {row.changes.map(({ name, before, after }) => (
          <Fact key={name} name={`$${name}`}>
            {before === null ? null : <span className="text-faint">{before} → </span>}
            {after}
          </Fact>
        ))}
        {row.changes.length === 0 && row.what !== "text" && row.value && row.value !== written ? (
          <Fact name="Value">{row.value}</Fact>
        ) : null}
        {written ? (
          <Fact name="Wrote">{written.length > 300 ? `${written.slice(0, 300)}…` : written}</Fact>
        ) : null}
      </dl>
    </section>
  );
}

function NoSteps({ preview }: { preview: Preview }) {
  const { trace, error } = usePreviewState(preview);
  if (!trace && !error) return <p className="animate-late p-3.5 text-faint text-sm">Tracing…</p>;
  return (
    <EmptyState icon={<ListTree />} title="No steps" className="py-8">
      {error
        ? "The template could not be run with this sample, so there is nothing to follow. The error above says why."
        : "An empty template does nothing. What a template does is listed here step by step, with where each value came from."}
    </EmptyState>
  );
}

/** What a template did, step by step. */
export function TracePanel({
  preview,
  chosen,
  onChoose,
  onOpen,
}: {
  preview: Preview;
  /** Index of a step. */
  chosen: number | null;
  onChoose: (row: TraceRow) => void;
  onOpen: (row: TraceRow) => void;
}) {
  const { trace } = usePreviewState(preview);
  if (!trace || trace.rows.length === 0) return <NoSteps preview={preview} />;
  const row = chosen === null ? undefined : trace.rows[chosen];
  return (
    <section aria-label="Trace" className="flex min-h-0 flex-1 flex-col">
      <div
        aria-hidden
        className="grid h-7 shrink-0 grid-cols-[30px_minmax(0,4fr)_minmax(0,3fr)] items-center gap-2 border-line border-b px-3.5 font-medium text-muted text-sm"
      >
        <span className="text-right">Line</span>
        <span>Step</span>
        <span>Value</span>
      </div>
      <TraceList rows={trace.rows} chosen={row ? chosen : null} onChoose={onChoose} onOpen={onOpen} />
      {trace.dropped > 0 ? (
        <p className="shrink-0 border-line border-t px-3.5 py-1.5 text-muted text-sm">
          The first {trace.rows.length.toLocaleString("en")} steps are listed;{" "}
          {trace.dropped.toLocaleString("en")} more ran.
        </p>
      ) : null}
      {row ? <StepDetail row={row} output={trace.output} /> : null}
    </section>
  );
}
