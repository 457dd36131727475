"use client";
import { Badge } from "../ui/badge";
import { cx } from "../ui/class-names";
import { type MarkedOutput, MarkedText } from "./marked-text";
import { OutputText } from "./preview/output-text";
import type { Preview } from "./preview/preview";
import type { PreviewFailure } from "./preview/preview-protocol";
import { usePreviewState } from "./preview/use-preview";

/** "valid JSON" or not, where it should be; the size, the time. */
export function OutputFacts({ preview }: { preview: Preview }) {
  const { error, facts, durationMs, wantsJson } = usePreviewState(preview);
  if (error) return <Badge tone="bad">error</Badge>;
  if (!facts) return null;
  if (facts.isBlank) return <Badge>empty</Badge>;
  const { jsonProblem, sizeBytes } = facts;
  return (
    <span className="flex items-center gap-2">
      {!jsonProblem ? (
        <Badge tone="ok">valid JSON</Badge>
      ) : wantsJson ? (
        <Badge tone="warn">not JSON</Badge>
      ) : null}
      <span className="num text-faint text-xs">{sizeBytes.toLocaleString("en")} B</span>
      <span className="num text-faint text-xs">{durationMs.toFixed(1)} ms</span>
    </span>
  );
}

/** Where an output that should be JSON is none, and what of the template printed it. */
function JsonProblem({ preview, onReveal }: { preview: Preview; onReveal?: Reveal }) {
  const { facts, markers, error, wantsJson } = usePreviewState(preview);
  if (error || !wantsJson || !facts?.jsonProblem) return null;
  const { message, line, column } = facts.jsonProblem;
  const marker = markers.find((one) => one.message.startsWith("The output is not JSON"));
  return (
    <div
      role="status"
      className="flex flex-col gap-1 rounded-md border border-warn bg-warn-soft px-3 py-2 text-warn"
    >
      <p>
        Not JSON: {message}, in line {line}, column {column} of the output.
      </p>
      {marker ? (
        <p className="flex items-baseline gap-2 text-ink text-sm">
          <span className="min-w-0 flex-1">{marker.remedy ?? "It comes from the template."}</span>
          {onReveal ? (
            <button
              type="button"
              className="shrink-0 text-warn underline"
              onClick={() => onReveal(marker.line, marker.column)}
            >
              template line {marker.line}
            </button>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

type Reveal = (line: number, column: number) => void;

/** The error of a render: what, where, and the line with a caret. */
function RenderProblem({ error, onReveal }: { error: PreviewFailure; onReveal?: Reveal }) {
  const { line, column } = error;
  return (
    <div
      role="alert"
      className="flex flex-col gap-1.5 rounded-md border border-bad bg-bad-soft px-3 py-2 text-bad"
    >
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1">{error.message}</span>
        {line !== null ? (
          onReveal ? (
            <button
              type="button"
              className="shrink-0 text-sm underline"
              onClick={() => onReveal(line, column ?? 1)}
            >
              line {line}, column {column ?? 1}
            </button>
          ) : (
            <span className="shrink-0 text-sm">
              line {line}, column {column ?? 1}
            </span>
          )
        ) : null}
      </p>
      {error.place ? (
        <pre className="mono overflow-x-auto text-ink">{error.place.split("\n").slice(1).join("\n")}</pre>
      ) : null}
      {error.remedy ? <p className="text-ink text-sm">{error.remedy}</p> : null}
    </div>
  );
}

/**
 * What a template printed; the last good output stays, dimmed, while there is an error. In its place a traced render
 * shows what it printed up to the error, with the part of a step marked.
 */
export function OutputView({
  preview,
  compact,
  marked,
  onReveal,
}: {
  preview: Preview;
  compact?: boolean;
  marked?: MarkedOutput | null;
  onReveal?: Reveal;
}) {
  const { error, overrides } = usePreviewState(preview);
  const overridden = overrides && Object.keys(overrides).length > 0 ? overrides : null;
  return (
    <div className="flex min-h-0 flex-col gap-2">
      {compact ? <OutputFacts preview={preview} /> : null}
      {error ? <RenderProblem error={error} {...(onReveal ? { onReveal } : {})} /> : null}
      <JsonProblem preview={preview} {...(onReveal ? { onReveal } : {})} />
      {marked ? (
        <MarkedText {...marked} />
      ) : (
        <OutputText
          preview={preview}
          className={cx(
            compact ? "max-h-56 overflow-auto rounded-md border border-line bg-sunken px-3 py-2" : "",
            error && "opacity-40",
          )}
        />
      )}
      {overridden ? (
        <section aria-label="Overrides" className="flex flex-col gap-1">
          <h4 className="font-semibold text-sm">Overrides</h4>
          <pre className="mono whitespace-pre-wrap leading-[19px]">{JSON.stringify(overridden, null, 2)}</pre>
        </section>
      ) : null}
    </div>
  );
}
