import { type MetricMark, type MetricPoint, markSentence, stepWords } from "../metric-words";
import type { ChartKind, Series } from "./chart-series";

/** A step's numbers, and the deployments that are near. */
export function ChartTooltip({
  chart,
  series,
  point,
  stepMs,
  marks,
}: {
  chart: ChartKind;
  series: readonly Series[];
  point: MetricPoint;
  stepMs: number;
  marks: readonly MetricMark[];
}) {
  return (
    <div className="num max-w-72 rounded-md border border-line bg-raised px-2.5 py-1.5 text-sm shadow-float">
      <div className="mb-0.5 text-faint">{stepWords(point.atMs, stepMs)}</div>
      {series.map(({ id, label, colour, value }) => (
        <div key={id} className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-2 rounded-xs" style={{ background: colour }} />
          <span className="text-muted">{label}</span>
          <span className="ml-auto pl-4 font-medium">{chart.words(value(point))}</span>
        </div>
      ))}
      {marks.slice(-4).map((mark) => (
        <div key={mark.id} className="mt-1 border-line border-t pt-1">
          <span className="font-medium">{markSentence(mark)}</span>{" "}
          <span className="text-muted">
            on {mark.stage}, {mark.actorName}
          </span>
        </div>
      ))}
    </div>
  );
}
