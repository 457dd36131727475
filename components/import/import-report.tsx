"use client";
import { useState } from "react";
import { useShownRows } from "../shell/use-shown-rows";
import type { Answers } from "../trpc/trpc";
import { Badge, type Tone } from "../ui/badge";
import { cx } from "../ui/class-names";

type Preview = Answers["api"]["importPreview"];
export type ReportEntry = Preview["report"][number];
type Outcome = ReportEntry["outcome"];

const OUTCOMES: Record<Outcome, { tone: Tone; help: string }> = {
  dropped: { tone: "bad", help: "Has no counterpart in the gateway and is left out" },
  translated: { tone: "warn", help: "Kept in another form" },
  kept: { tone: "ok", help: "Taken over as it is" },
};
const ORDER: Outcome[] = ["dropped", "translated", "kept"];

/** What became of every part of the document that needed a decision. A row leads to its line. */
export function ImportReport({
  report,
  onLine,
}: {
  report: readonly ReportEntry[];
  onLine: (line: number) => void;
}) {
  const present = ORDER.filter((outcome) => report.some((entry) => entry.outcome === outcome));
  const [shown, setShown] = useState<Outcome | "all">("all");
  const active = shown !== "all" && !present.includes(shown) ? "all" : shown;
  const rows = ORDER.flatMap((outcome) =>
    report.filter((entry) => entry.outcome === outcome && (active === "all" || active === outcome)),
  );
  const { shown: shownRows, more } = useShownRows(rows);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <fieldset aria-label="Show" className="flex flex-wrap gap-1.5 px-3.5 py-2">
        {present.map((outcome) => (
          <button
            key={outcome}
            type="button"
            aria-pressed={active === outcome}
            title={OUTCOMES[outcome].help}
            onClick={() => setShown(active === outcome ? "all" : outcome)}
            className={cx("rounded-sm", active === outcome && "ring-2 ring-accent")}
          >
            <Badge tone={OUTCOMES[outcome].tone} className="num">
              {report.filter((entry) => entry.outcome === outcome).length} {outcome}
            </Badge>
          </button>
        ))}
        {report.length === 0 ? (
          <span className="text-muted">Nothing needed translating: the whole document is taken over.</span>
        ) : null}
      </fieldset>
      <ul aria-label="Import report" className="min-h-0 flex-1 overflow-y-auto">
        {shownRows.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one place can have several entries
          <li key={`${entry.path}-${index}`}>
            <button
              type="button"
              onClick={() => onLine(entry.line)}
              className="flex w-full items-baseline gap-2 px-3.5 py-1 text-left hover:bg-hover/60 focus-visible:outline-offset-[-2px]"
            >
              <Badge tone={OUTCOMES[entry.outcome].tone} className="w-[68px] justify-center">
                {entry.outcome}
              </Badge>
              <span className="min-w-0 flex-1">
                {entry.warning ? <span className="font-medium text-warn">AWS warns: </span> : null}
                {entry.message}
                <span className="mono block truncate text-faint">{entry.path || "/"}</span>
              </span>
              <span className="num text-faint text-sm">line {entry.line}</span>
            </button>
          </li>
        ))}
        {more ? <li>{more}</li> : null}
      </ul>
    </div>
  );
}
