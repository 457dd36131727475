"use client";
import type { KeyboardEvent } from "react";
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { counted } from "../../../shell/count-words";
import {
  type ApiMetrics,
  axisTicks,
  type MarkedStep,
  type MetricPoint,
  markLabel,
  marksNear,
  stepWords,
} from "../metric-words";
import { ChartLegend } from "./chart-legend";
import type { ChartKind, Series } from "./chart-series";
import { ChartTooltip } from "./chart-tooltip";

export type ChartProps = {
  chart: ChartKind;
  metrics: ApiMetrics;
  marked: readonly MarkedStep[];
  hidden: ReadonlySet<string>;
  onToggle: (id: string) => void;
  /** The step that was chosen; null: none. */
  chosen: number | null;
  /** As the address says it now: keys come faster than charts are drawn. */
  chosenNow: () => number | null;
  onChoose: (atMs: number | null) => void;
  height: number;
  /** About so many times on the axis. */
  ticks: number;
};

/** Left and right choose a step, Home and End the ends, Escape none. */
function stepByKey({ metrics: { points }, chosenNow, onChoose }: ChartProps, event: KeyboardEvent): void {
  const chosen = chosenNow();
  const last = points.length - 1;
  const now = points.findIndex(({ atMs }) => atMs === chosen);
  const far = Math.max(1, Math.round(points.length / 12));
  const to: Record<string, number> = {
    ArrowRight: now < 0 ? last : now + 1,
    ArrowLeft: now < 0 ? last : now - 1,
    PageUp: now + far,
    PageDown: now - far,
    Home: 0,
    End: last,
  };
  if (event.key === "Escape" && chosen !== null) onChoose(null);
  else if (event.key in to) onChoose(points[Math.min(last, Math.max(0, to[event.key] ?? 0))]?.atMs ?? null);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

const sayValues = (chart: ChartKind, shown: readonly Series[], point: MetricPoint) =>
  shown.map(({ label, value }) => `${label} ${chart.words(value(point))}`).join(", ");

/** One chart with its legend. By keyboard it is a slider over the steps; the table has all of them. */
export function MetricChart(props: ChartProps) {
  const { chart, metrics, hidden, onToggle, chosen } = props;
  const shown = chart.series.filter(({ id }) => !hidden.has(id));
  const index = metrics.points.findIndex(({ atMs }) => atMs === chosen);
  const point = metrics.points[index];
  return (
    <figure className="flex min-w-0 flex-col justify-between px-3.5 pt-2.5 pb-2">
      <figcaption className="flex min-h-7 flex-wrap items-baseline gap-x-2">
        <span className="text-muted text-sm">{chart.title}</span>
        <span className="num font-semibold text-lg">{chart.headline(metrics.total)}</span>
        <ChartLegend chart={chart} hidden={hidden} onToggle={onToggle} />
      </figcaption>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${chart.title} over time`}
        aria-valuemin={0}
        aria-valuemax={metrics.points.length - 1}
        aria-valuenow={Math.max(0, index)}
        aria-valuetext={
          point
            ? `${stepWords(point.atMs, metrics.stepMs)}: ${sayValues(chart, shown, point)}`
            : `${metrics.points.length} steps, none chosen; ${counted(metrics.total.count, "request")}`
        }
        onKeyDown={(event) => stepByKey(props, event)}
        className="-mx-1.5 mt-1 cursor-crosshair rounded-sm"
        style={{ height: props.height }}
      >
        <Drawing {...props} shown={shown} />
      </div>
    </figure>
  );
}

function Drawing({
  chart,
  metrics,
  marked,
  chosen,
  onChoose,
  ticks,
  shown,
}: ChartProps & { shown: readonly Series[] }) {
  const { points, stepMs, fromMs, toMs } = metrics;
  const axis = axisTicks(points, ticks);
  const labels = marksLabels(marked, (toMs - fromMs) / ticks);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={points}
        syncId="metrics"
        accessibilityLayer={false}
        barCategoryGap="12%"
        margin={{ top: 14, right: 6, bottom: 0, left: 0 }}
        onClick={({ activeTooltipIndex }) => {
          const at = points[Number(activeTooltipIndex ?? Number.NaN)]?.atMs;
          if (at !== undefined) onChoose(at === chosen ? null : at);
        }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="atMs"
          ticks={axis.at}
          tickFormatter={axis.words}
          interval="preserveStart"
          tick={{ fill: "var(--faint)", fontSize: 11 }}
          axisLine={{ stroke: "var(--line)" }}
          tickLine={false}
          minTickGap={16}
          height={20}
        />
        <YAxis
          width={48}
          {...(chart.most === null
            ? { domain: [0, "auto"], tickCount: 4, allowDecimals: !chart.isCount }
            : { domain: [0, chart.most], ticks: [0, chart.most / 2, chart.most] })}
          // A space would break the line.
          tickFormatter={(value: number) => chart.axisWords(value).replaceAll(" ", "\u00a0")}
          tick={{ fill: "var(--faint)", fontSize: 11 }}
          axisLine={false}
          tickLine={false}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--line-strong)", fill: "var(--hover)" }}
          wrapperStyle={{ zIndex: 20 }}
          content={({ active, payload }) => {
            const point = payload?.[0]?.payload as MetricPoint | undefined;
            if (!active || !point) return null;
            const marks = marksNear(marked, point.atMs, toMs - fromMs);
            return <ChartTooltip chart={chart} series={shown} point={point} stepMs={stepMs} marks={marks} />;
          }}
        />
        {shown.map((series) => shapeOf(series, points))}
        {marked.map(({ atMs, marks }, index) => (
          <ReferenceLine
            key={atMs}
            x={atMs}
            stroke={marks.some(({ kind }) => kind === "canary-aborted") ? "var(--bad)" : "var(--faint)"}
            strokeDasharray="2 2"
            label={{
              value: labels[index],
              position: "top",
              fontSize: 10,
              fill: "var(--muted)",
            }}
          />
        ))}
        {chosen === null ? null : <ReferenceLine x={chosen} stroke="var(--accent)" strokeWidth={1.5} />}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** A value without neighbours makes no line. */
function isAlone(points: readonly MetricPoint[], index: number, value: Series["value"]): boolean {
  const isThere = (point: MetricPoint | undefined) => point !== undefined && value(point) !== null;
  return !isThere(points[index - 1]) && !isThere(points[index + 1]);
}

/** Steps beyond which a bar each takes too long to draw: a second and more, where one outline takes a moment. */
const MOST_BARS = 120;

function shapeOf({ id, kind, colour, dash, value }: Series, points: readonly MetricPoint[]) {
  const common = { dataKey: value, isAnimationActive: false };
  if (kind === "line")
    return (
      <Line
        {...common}
        key={id}
        type="linear"
        stroke={colour}
        strokeWidth={1.5}
        strokeDasharray={dash}
        connectNulls={false}
        dot={({ cx, cy, index }: { cx?: number; cy?: number; index: number }) =>
          cy !== undefined && (points.length < 80 || isAlone(points, index, value)) ? (
            <circle key={index} cx={cx} cy={cy} r={1.5} fill={colour} />
          ) : (
            <g key={index} />
          )
        }
      />
    );
  if (points.length <= MOST_BARS)
    return <Bar {...common} key={id} stackId="step" fill={colour} maxBarSize={28} />;
  return <Area {...common} key={id} stackId="step" type="step" stroke="none" fill={colour} fillOpacity={1} />;
}

/** Of several at one place the last, and how many more; nothing where it would cover the one before. */
function marksLabels(steps: readonly MarkedStep[], roomMs: number): string[] {
  let takenMs = Number.NEGATIVE_INFINITY;
  return steps.map(({ atMs, marks }) => {
    const last = marks.at(-1);
    if (!last || atMs < takenMs) return "";
    takenMs = atMs + roomMs;
    return markLabel(last) + (marks.length > 1 ? ` +${marks.length - 1}` : "");
  });
}
