"use client";
import { Badge } from "../ui/badge";
import { cx } from "../ui/class-names";
import { type MarkedOutput, MarkedText } from "./marked-text";
import { OutputText } from "./preview/output-text";
import type { Preview } from "./preview/preview";
import type { PreviewFailure } from "./preview/preview-protocol";
import { usePreviewState } from "./preview/use-preview";

/** "valid JSON" or why not, the size, the time. */
export function OutputFacts({ preview }: { preview: Preview }) {
  const { error, inspection, durationMs } = usePreviewState(preview);
  if (error) return <Badge tone="bad">error</Badge>;
  if (!inspection) return null;
  if (inspection.isBlank) return <Badge>empty</Badge>;
  const { jsonProblem, sizeBytes } = inspection;
  return (
    <span className="flex items-center gap-2">
      {jsonProblem ? (
        <Badge tone="warn" title={jsonProblem.message}>
          not JSON
        </Badge>
      ) : (
        <Badge tone="ok">valid JSON</Badge>
      )}
      <span className="num text-faint text-xs">{sizeBytes.toLocaleString("en")} B</span>
      <span className="num text-faint text-xs">{durationMs.toFixed(1)} ms</span>
    </span>
  );
}

/** The error of a render: what, where, and the line with a caret. */
function RenderProblem({
  error,
  onReveal,
}: {
  error: PreviewFailure;
  onReveal?: (line: number, column: number) => void;
}) {
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
  onReveal?: (line: number, column: number) => void;
}) {
  const { error, overrides } = usePreviewState(preview);
  const overridden = overrides && Object.keys(overrides).length > 0 ? overrides : null;
  return (
    <div className="flex min-h-0 flex-col gap-2">
      {compact ? <OutputFacts preview={preview} /> : null}
      {error ? <RenderProblem error={error} {...(onReveal ? { onReveal } : {})} /> : null}
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
