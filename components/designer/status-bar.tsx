"use client";
import { useState } from "react";
import type { Problem } from "@/server/domain/check/problem";
import { Badge } from "../ui/badge";
import { Popover } from "../ui/overlay/popover";
import { RelativeTime } from "../ui/relative-time";
import { useDraft } from "./store/draft-provider";
import { BOXES, type Selection } from "./store/selection";

function SaveWords() {
  const { save, canWrite } = useDraft();
  if (!canWrite) return <span>Read only: your role may look, not change</span>;
  switch (save.kind) {
    case "saved":
      return save.at === null ? (
        <span>All changes are saved</span>
      ) : (
        <span>
          Saved <RelativeTime at={new Date(save.at)} />
        </span>
      );
    case "waiting":
    case "saving":
      return <span>Saving…</span>;
    case "offline":
      return <span className="text-warn">Not saved, trying again: {save.message}</span>;
    case "refused":
      return <span className="text-bad">Refused: {save.message}</span>;
  }
}

function ProblemRow({ problem, onOpen }: { problem: Problem; onOpen: () => void }) {
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full items-baseline gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover"
      >
        <Badge tone={problem.severity === "error" ? "bad" : "warn"}>{problem.severity}</Badge>
        <span className="min-w-0">
          {problem.message}
          {problem.template ? <span className="text-faint"> (line {problem.template.line})</span> : null}
          {problem.remedy ? <span className="block text-muted text-sm">{problem.remedy}</span> : null}
        </span>
      </button>
    </li>
  );
}

/** The line at the bottom: how many problems there are, and whether everything is saved. */
export function StatusBar({ problems, selection }: { problems: readonly Problem[]; selection: Selection }) {
  const [isOpen, setOpen] = useState(false);
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  const open = ({ where }: Problem) => {
    setOpen(false);
    const box = BOXES.find((one) => one === where.part);
    if (where.resourceId)
      selection.select({
        resourceId: where.resourceId,
        httpMethod: where.httpMethod ?? null,
        ...(box ? { box } : {}),
      });
  };
  const words = [
    errors ? `${errors} ${errors === 1 ? "error" : "errors"}` : null,
    warnings ? `${warnings} ${warnings === 1 ? "warning" : "warnings"}` : null,
  ].filter(Boolean);
  return (
    <footer className="flex h-7 shrink-0 items-center justify-between gap-4 border-line border-t bg-sunken px-3.5 text-muted text-sm">
      {words.length === 0 ? (
        <span>No problems</span>
      ) : (
        <Popover
          open={isOpen}
          onOpenChange={setOpen}
          align="start"
          label="Problems of this API"
          className="w-[480px] max-w-[90vw] p-1.5"
          trigger={
            <button type="button" className="rounded-xs hover:text-ink hover:underline">
              {words.join(", ")}
            </button>
          }
        >
          <ul aria-label="Problems" className="max-h-80 overflow-y-auto">
            {problems.map((problem, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one place can have several problems
              <ProblemRow key={index} problem={problem} onOpen={() => open(problem)} />
            ))}
          </ul>
        </Popover>
      )}
      <span aria-live="polite" className="truncate">
        <SaveWords />
      </span>
    </footer>
  );
}
