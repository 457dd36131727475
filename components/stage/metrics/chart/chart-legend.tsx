import { cx } from "../../../ui/class-names";
import type { ChartKind } from "./chart-series";

/** Names of a chart's series; each can be hidden and shown again. */
export function ChartLegend({
  chart,
  hidden,
  onToggle,
}: {
  chart: ChartKind;
  hidden: ReadonlySet<string>;
  onToggle: (id: string) => void;
}) {
  return (
    <ul aria-label={`Series of ${chart.title}`} className="ml-auto flex flex-wrap justify-end gap-x-1">
      {chart.series.map(({ id, label, colour, kind, dash }) => {
        const isShown = !hidden.has(id);
        return (
          <li key={id}>
            <button
              type="button"
              aria-pressed={isShown}
              title={isShown ? `Hide ${label}` : `Show ${label}`}
              onClick={() => onToggle(id)}
              className={cx(
                "flex h-6 items-center gap-1.5 rounded-sm px-1.5 text-sm hover:bg-hover hover:text-ink",
                isShown ? "text-muted" : "text-faint line-through",
              )}
            >
              <svg aria-hidden="true" width="14" height="8" className={isShown ? undefined : "opacity-40"}>
                {kind === "bar" ? (
                  <rect x="3" width="8" height="8" rx="1.5" fill={colour} />
                ) : (
                  <line x1="0" x2="14" y1="4" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
                )}
              </svg>
              {label}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
