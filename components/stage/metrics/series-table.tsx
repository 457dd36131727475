"use client";
import Link from "next/link";
import { Table, Td, Th, Tr } from "../../ui/table";
import type { ChartKind } from "./chart/chart-series";
import { type MetricQuestion, requestLogHref } from "./metric-address";
import { type ApiMetrics, countWords, stepWords } from "./metric-words";

/** What the charts show, as a table: the newest step first, steps without requests left out. */
export function SeriesTable({
  question,
  metrics,
  charts,
}: {
  question: MetricQuestion;
  metrics: ApiMetrics;
  charts: readonly ChartKind[];
}) {
  const { points, stepMs, stages } = metrics;
  const stage = question.stage ?? (stages.length === 1 ? stages[0] : undefined);
  const rows = points.filter(({ count }) => count > 0).reverse();
  const columns = charts.flatMap((chart) =>
    chart.series.map((series) => ({ ...series, chart, name: columnName(chart, series.label) })),
  );
  return (
    <div className="max-h-[480px] overflow-auto">
      <Table label="Requests over time" className="[&_td]:whitespace-nowrap">
        <thead>
          <tr>
            <Th>Time</Th>
            <Th numeric>Requests</Th>
            {columns.map(({ id, name }) => (
              <Th key={id} numeric>
                {name}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((point) => (
            <Tr key={point.atMs}>
              <Td className="num whitespace-nowrap">
                {stage ? (
                  <Link
                    href={requestLogHref(
                      { ...question, stage },
                      { fromMs: point.atMs, toMs: point.atMs + stepMs },
                    )}
                    className="underline decoration-line-strong underline-offset-2 hover:decoration-ink"
                  >
                    {stepWords(point.atMs, stepMs)}
                  </Link>
                ) : (
                  stepWords(point.atMs, stepMs)
                )}
              </Td>
              <Td numeric>{countWords(point.count)}</Td>
              {columns.map(({ id, value, chart }) => (
                <Td key={id} numeric>
                  {chart.words(value(point))}
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function columnName(chart: ChartKind, label: string): string {
  if (chart.id === "errors") return `${label} rate`;
  if (chart.id === "cache") return "Hit ratio";
  if (chart.id === "throttled") return "Refused by limits";
  if (label === "integration avg") return "Integration";
  return label;
}
