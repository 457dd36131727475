"use client";
import { prettyJson } from "../test-runner/pretty-json";
import { Badge } from "../ui/badge";
import { cx } from "../ui/class-names";
import type { Rendered } from "./use-render";

/** Whether an output is JSON, and it laid out with two spaces if so. */
export function asJson(text: string): { isJson: boolean; pretty: string; problem: string } {
  try {
    JSON.parse(text);
    return { isJson: true, pretty: prettyJson(text) ?? text, problem: "" };
  } catch (error) {
    return { isJson: false, pretty: text, problem: (error as Error).message };
  }
}

const sizeOf = (text: string) => new TextEncoder().encode(text).length;

/** "valid JSON" or why not, the size, the time. */
export function OutputFacts({ rendered }: { rendered: Rendered }) {
  if (rendered.error) return <Badge tone="bad">error</Badge>;
  if (rendered.output === null) return null;
  const json = asJson(rendered.output);
  if (rendered.output.trim() === "") return <Badge>empty</Badge>;
  return (
    <span className="flex items-center gap-2">
      {json.isJson ? (
        <Badge tone="ok">valid JSON</Badge>
      ) : (
        <Badge tone="warn" title={json.problem}>
          not JSON
        </Badge>
      )}
      <span className="num text-faint text-xs">{sizeOf(rendered.output).toLocaleString("en")} B</span>
      <span className="num text-faint text-xs">{rendered.durationMs.toFixed(1)} ms</span>
    </span>
  );
}

/** The error of a render: what, where, and the line with a caret. */
export function RenderProblem({
  rendered,
  onReveal,
}: {
  rendered: Rendered;
  onReveal?: (line: number, column: number) => void;
}) {
  const { error } = rendered;
  if (!error) return null;
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

/** What a template printed; the last good output stays, dimmed, while there is an error. */
export function OutputView({
  rendered,
  compact,
  pretty,
  onReveal,
}: {
  rendered: Rendered;
  compact?: boolean;
  pretty?: boolean;
  onReveal?: (line: number, column: number) => void;
}) {
  const { output, error, overrides } = rendered;
  const text = output === null ? "" : pretty ? asJson(output).pretty : output;
  const overridden = overrides && Object.keys(overrides).length > 0 ? overrides : null;
  return (
    <div className="flex min-h-0 flex-col gap-2">
      {compact ? <OutputFacts rendered={rendered} /> : null}
      <RenderProblem rendered={rendered} {...(onReveal ? { onReveal } : {})} />
      <pre
        role="log"
        aria-live="off"
        aria-label="Rendered output"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className={cx(
          "mono whitespace-pre-wrap break-words leading-[19px]",
          compact ? "max-h-56 overflow-auto rounded-md border border-line bg-sunken px-3 py-2" : "",
          error && "opacity-40",
        )}
      >
        {text || (error ? "" : " ")}
      </pre>
      {overridden ? (
        <section aria-label="Overrides" className="flex flex-col gap-1">
          <h4 className="font-semibold text-sm">Overrides</h4>
          <pre className="mono whitespace-pre-wrap leading-[19px]">{JSON.stringify(overridden, null, 2)}</pre>
        </section>
      ) : null}
    </div>
  );
}
