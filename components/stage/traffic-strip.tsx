"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Area, AreaChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { Loaded } from "../shell/loaded";
import { useSearchState } from "../shell/use-search-state";
import { useTRPC } from "../trpc/trpc";
import { cx } from "../ui/class-names";
import { Section } from "../ui/section";
import { Segmented } from "../ui/segmented";
import { Skeleton } from "../ui/state/skeleton";
import { type DeploymentMark, deploymentMarks, type TrafficPoint, trafficSeries } from "./traffic-series";

const RANGES = [
  { value: "15", label: "15 min" },
  { value: "60", label: "1 h" },
  { value: "360", label: "6 h" },
  { value: "1440", label: "24 h" },
] as const;

type Measure = {
  key: "count" | "errors4xx" | "errors5xx" | "p95Ms";
  label: string;
  colour: string;
  unit?: string;
};
const MEASURES: readonly Measure[] = [
  { key: "count", label: "Requests", colour: "var(--accent)" },
  { key: "errors4xx", label: "4xx", colour: "var(--warn)" },
  { key: "errors5xx", label: "5xx", colour: "var(--bad)" },
  { key: "p95Ms", label: "p95 latency", colour: "var(--muted)", unit: "ms" },
];

const clock = (at: number) =>
  new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

function headline(series: readonly TrafficPoint[], { key, unit }: Measure): string {
  const values = series.map((point) => point[key]).filter((value) => value !== null);
  if (key === "p95Ms") return values.length > 0 ? `${number.format(Math.max(...values))} ${unit}` : "–";
  return number.format(values.reduce((sum, value) => sum + value, 0));
}

function share(series: readonly TrafficPoint[], key: Measure["key"]): string | null {
  if (key !== "errors4xx" && key !== "errors5xx") return null;
  const total = series.reduce((sum, point) => sum + point.count, 0);
  const errors = series.reduce((sum, point) => sum + point[key], 0);
  return total > 0 && errors > 0 ? `${number.format((100 * errors) / total)} %` : null;
}

function Chart({
  series,
  measure,
  marks,
}: {
  series: readonly TrafficPoint[];
  measure: Measure;
  marks: readonly DeploymentMark[];
}) {
  const { key, label, colour, unit } = measure;
  const part = share(series, key);
  return (
    <figure className="min-w-0 px-3.5 pt-2.5 pb-1">
      <figcaption>
        <span className="text-muted text-sm">
          {label}
          {key === "p95Ms" ? ", worst minute" : ""}
        </span>
        <span className="flex items-baseline gap-2">
          <span className="num font-semibold text-xl">{headline(series, measure)}</span>
          {part ? <span className="num text-muted text-sm">{part}</span> : null}
        </span>
      </figcaption>
      <div className="-mx-1.5 h-[72px]">
        <ResponsiveContainer width="100%" height="100%">
          <AreaChart data={[...series]} syncId="traffic" margin={{ top: 6, right: 6, bottom: 0, left: 6 }}>
            <XAxis dataKey="at" hide />
            <YAxis hide domain={[0, (max: number) => Math.max(1, max)]} />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: "var(--line-strong)" }}
              content={({ active, payload }) => {
                const point = payload?.[0]?.payload as TrafficPoint | undefined;
                if (!active || !point) return null;
                return (
                  <div className="num rounded-md border border-line bg-raised px-2 py-1 text-sm shadow-float">
                    <span className="text-faint">{clock(point.at)}</span>{" "}
                    {point[key] === null ? "–" : number.format(point[key])} {unit}
                  </div>
                );
              }}
            />
            {marks.map((mark) => (
              <ReferenceLine
                key={mark.id}
                x={mark.at}
                stroke="var(--line-strong)"
                strokeDasharray="2 2"
                label={{ value: mark.label, position: "insideTopRight", fontSize: 10, fill: "var(--muted)" }}
              />
            ))}
            <Area
              dataKey={key}
              type="linear"
              stroke={colour}
              strokeWidth={1.5}
              fill={colour}
              fillOpacity={0.1}
              connectNulls={false}
              dot={key === "p95Ms" ? { r: 1.5, fill: colour, stroke: "none" } : false}
              isAnimationActive={false}
            />
          </AreaChart>
        </ResponsiveContainer>
      </div>
      <div className="num flex justify-between text-faint text-xs">
        <span>{clock(series[0]?.at ?? 0)}</span>
        <span>now</span>
      </div>
    </figure>
  );
}

/** Requests, errors and latency of a stage over the last minutes; `?minutes=` chooses how many. */
export function TrafficStrip({
  apiId,
  stageName,
  events,
}: {
  apiId: string;
  stageName: string;
  events: Parameters<typeof deploymentMarks>[0];
}) {
  const trpc = useTRPC();
  const search = useSearchState();
  const chosen = RANGES.find((range) => range.value === search.get("minutes"))?.value ?? "60";
  const minutes = Number(chosen);
  const query = useQuery({
    ...trpc.stage.metrics.queryOptions({ apiId, stageName, minutes }),
    refetchInterval: 10_000,
  });
  return (
    <Section
      title="Traffic"
      aside={
        <>
          <Link
            href={`/apis/${apiId}/metrics?stage=${encodeURIComponent(stageName)}`}
            className="underline decoration-line-strong underline-offset-2 hover:decoration-ink"
          >
            All metrics
          </Link>
          <Segmented
            label="Time range"
            value={chosen}
            onValueChange={(value) => search.set({ minutes: value === "60" ? null : value })}
            options={RANGES}
          />
        </>
      }
    >
      <Loaded query={query} skeleton={<Skeleton className="m-3.5 h-[120px]" />}>
        {(rows) => {
          const series = trafficSeries(rows, minutes, query.dataUpdatedAt);
          const marks = deploymentMarks(events, series);
          return (
            <div
              className={cx(
                "grid grid-cols-2 lg:grid-cols-4",
                "[&>*]:border-line max-lg:[&>*:nth-child(n+3)]:border-t max-lg:[&>*:nth-child(even)]:border-l lg:[&>*+*]:border-l",
              )}
            >
              {MEASURES.map((measure) => (
                <Chart key={measure.key} series={series} measure={measure} marks={marks} />
              ))}
            </div>
          );
        }}
      </Loaded>
    </Section>
  );
}
