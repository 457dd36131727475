"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { TraceStep } from "@/server/gateway/ports";
import { cx } from "../ui/class-names";
import { CodeBlock } from "../ui/code-block";
import { prettyJson } from "./pretty-json";

export const milliseconds = (value: number) =>
  `${value < 10 ? value.toFixed(2) : value < 1000 ? value.toFixed(1) : Math.round(value)} ms`;

function asText(value: unknown): string {
  if (typeof value === "string") return prettyJson(value) ?? value;
  return JSON.stringify(value, null, 2);
}

/** Whether there is anything to show of a step's side. */
const isPresent = (value: unknown) => value !== undefined && value !== null && value !== "";

function Bar({ step, totalMs }: { step: TraceStep; totalMs: number }) {
  const percent = (value: number) => (totalMs > 0 ? (value / totalMs) * 100 : 0);
  const isLong = percent(step.durationMs) > 20;
  return (
    <span aria-hidden="true" className="relative h-2 min-w-6 flex-1 basis-0">
      <span
        className={cx(
          "absolute inset-y-0 min-w-[3px] rounded-xs",
          step.outcome === "failed" ? "bg-bad" : isLong ? "bg-accent" : "bg-line-strong",
        )}
        style={{ left: `${Math.min(percent(step.startMs), 98)}%`, width: `${percent(step.durationMs)}%` }}
      />
    </span>
  );
}

function Detail({ step }: { step: TraceStep }) {
  const { summary, input, output, error } = step;
  return (
    <div className="flex flex-col gap-2 pr-3.5 pb-2.5 pl-8">
      {error ? (
        <p className="text-bad">
          {error.message}
          {error.line === undefined ? null : (
            <span className="text-muted">
              {" "}
              (line {error.line}
              {error.column === undefined ? "" : `, column ${error.column}`})
            </span>
          )}
        </p>
      ) : summary ? (
        <p className="text-muted">{summary}</p>
      ) : null}
      {isPresent(input) ? (
        <div>
          <h4 className="text-muted text-xs">In</h4>
          <CodeBlock
            label={`Input of ${step.name}`}
            code={asText(input)}
            wrap
            className="max-h-56 overflow-hidden"
          />
        </div>
      ) : null}
      {isPresent(output) ? (
        <div>
          <h4 className="text-muted text-xs">Out</h4>
          <CodeBlock
            label={`Output of ${step.name}`}
            code={asText(output)}
            wrap
            className="max-h-56 overflow-hidden"
          />
        </div>
      ) : null}
    </div>
  );
}

function StepRow({ step, totalMs }: { step: TraceStep; totalMs: number }) {
  const [isOpen, setOpen] = useState(step.outcome === "failed");
  const isSkipped = step.outcome === "skipped";
  const hasDetail = [step.summary, step.input, step.output, step.error].some(isPresent);
  return (
    <li>
      <button
        type="button"
        aria-expanded={hasDetail ? isOpen : undefined}
        disabled={!hasDetail}
        onClick={() => setOpen(!isOpen)}
        className="flex h-[26px] w-full items-center gap-2 px-3.5 text-left focus-visible:outline-offset-[-2px] enabled:hover:bg-hover/60"
      >
        <ChevronRight
          className={cx(
            "size-3 shrink-0 text-faint transition-transform duration-[120ms]",
            isOpen && "rotate-90",
            !hasDetail && "invisible",
          )}
        />
        <span
          className={cx(
            "min-w-[76px] shrink grow-0 basis-[136px] truncate",
            step.outcome === "failed" ? "text-bad" : isSkipped ? "text-faint" : "text-muted",
          )}
        >
          {step.name}
        </span>
        {isSkipped ? <span className="flex-1 basis-0" /> : <Bar step={step} totalMs={totalMs} />}
        <span
          className={cx(
            "num min-w-[60px] shrink-0 whitespace-nowrap text-right",
            isSkipped ? "text-faint text-sm" : "text-muted",
          )}
        >
          {isSkipped ? "skipped" : milliseconds(step.durationMs)}
        </span>
      </button>
      {isOpen && hasDetail ? <Detail step={step} /> : null}
    </li>
  );
}

/** What the pipeline did, step by step: when, for how long, and with what. */
export function StepList({ steps }: { steps: readonly TraceStep[] }) {
  const totalMs = Math.max(...steps.map((step) => step.startMs + step.durationMs), 0);
  return (
    <ol aria-label="Steps" className="pb-2">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a run never change their order
        <StepRow key={index} step={step} totalMs={totalMs} />
      ))}
    </ol>
  );
}
