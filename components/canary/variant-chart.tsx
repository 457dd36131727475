"use client";
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { Answers } from "../trpc/trpc";
import { axisTop, count, milliseconds, percent } from "./canary-words";
import type { ShownLimits } from "./rollout-limits";

type Point = Answers["canary"]["timeline"]["points"][number];
export type StepMark = { at: Date; label: string };

type Row = { at: number; canary: number | null; production: number | null; samples: [number, number] };
type Measure = {
  key: "errorPercent" | "p95Ms";
  label: string;
  show: (value: number | null) => string;
};

const MEASURES: readonly Measure[] = [
  { key: "errorPercent", label: "5xx answers", show: (value) => (value === null ? "–" : percent(value)) },
  { key: "p95Ms", label: "p95 latency", show: milliseconds },
];
const COLOURS = { production: "var(--ok)", canary: "var(--accent)" } as const;
const clock = (at: number) =>
  new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** Both variants over time, with the guardrail's line and a mark where a step began. */
export function VariantCharts({
  points,
  marks,
  thresholds,
}: {
  points: readonly Point[];
  marks: readonly StepMark[];
  thresholds: ShownLimits | null;
}) {
  return (
    <div className="grid sm:grid-cols-2 sm:[&>*+*]:border-line sm:[&>*+*]:border-l">
      {MEASURES.map((measure) => (
        <VariantChart
          key={measure.key}
          measure={measure}
          points={points}
          marks={marks}
          threshold={thresholds?.[measure.key] ?? null}
        />
      ))}
    </div>
  );
}

function VariantChart({
  measure,
  points,
  marks,
  threshold,
}: {
  measure: Measure;
  points: readonly Point[];
  marks: readonly StepMark[];
  threshold: number | null;
}) {
  const { key, label, show } = measure;
  const rows = points.map(
    ({ at, canary, production }): Row => ({
      at: at.getTime(),
      canary: canary?.[key] ?? null,
      production: production?.[key] ?? null,
      samples: [production?.count ?? 0, canary?.count ?? 0],
    }),
  );
  const top = axisTop(
    Math.max(1, threshold ?? 0, ...rows.flatMap((row) => [row.canary ?? 0, row.production ?? 0])),
  );
  const first = rows[0]?.at ?? 0;
  const last = rows.at(-1)?.at ?? 0;
  return (
    <figure className="min-w-0 px-3.5 pt-2.5 pb-2">
      <figcaption className="flex flex-wrap items-center gap-x-3 text-sm">
        <span className="font-medium">{label}</span>
        <Legend colour={COLOURS.production} text="production" />
        <Legend colour={COLOURS.canary} text="canary" />
        {threshold === null ? null : (
          <Legend colour="var(--bad)" text={`limit ${show(threshold)}`} isDashed />
        )}
      </figcaption>
      <div
        className="-mx-1.5 h-[132px]"
        role="img"
        aria-label={`${label} of canary and production over time`}
      >
        <ResponsiveContainer width="100%" height="100%">
          <LineChart data={rows} syncId="canary" margin={{ top: 14, right: 8, bottom: 8, left: 0 }}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="at" type="number" domain={[first, last]} hide />
            <YAxis
              width={52}
              domain={[0, top]}
              ticks={[0, top / 2, top]}
              interval={0}
              // A space would break the line.
              tickFormatter={(value: number) => show(value).replaceAll(" ", "\u00a0")}
              tick={{ fill: "var(--faint)", fontSize: 11 }}
              axisLine={false}
              tickLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: "var(--line-strong)" }}
              content={({ active, payload }) => {
                const row = payload?.[0]?.payload as Row | undefined;
                if (!active || !row) return null;
                return (
                  <div className="num rounded-md border border-line bg-raised px-2 py-1 text-sm shadow-float">
                    <div className="text-faint">{clock(row.at)}</div>
                    <div>
                      production {show(row.production)}{" "}
                      <span className="text-muted">of {count(row.samples[0])}</span>
                    </div>
                    <div>
                      canary {show(row.canary)} <span className="text-muted">of {count(row.samples[1])}</span>
                    </div>
                  </div>
                );
              }}
            />
            {threshold === null ? null : (
              <ReferenceLine y={threshold} stroke="var(--bad)" strokeDasharray="4 3" />
            )}
            {marks
              .filter(({ at }) => at.getTime() > first && at.getTime() <= last)
              .map((mark) => (
                <ReferenceLine
                  key={mark.at.getTime()}
                  x={mark.at.getTime()}
                  stroke="var(--line-strong)"
                  label={{
                    value: mark.label,
                    position: "insideTopRight",
                    fontSize: 10,
                    fill: "var(--muted)",
                  }}
                />
              ))}
            {(["production", "canary"] as const).map((variant) => (
              <Line
                key={variant}
                dataKey={variant}
                type="linear"
                stroke={COLOURS[variant]}
                strokeWidth={1.5}
                connectNulls
                dot={rows.length < 40 ? { r: 2, strokeWidth: 0, fill: COLOURS[variant] } : false}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <div className="num flex justify-between pl-[46px] text-faint text-xs">
        <span>{rows.length > 0 ? clock(first) : ""}</span>
        <span>{rows.length > 0 ? clock(last) : ""}</span>
      </div>
    </figure>
  );
}

function Legend({ colour, text, isDashed }: { colour: string; text: string; isDashed?: boolean }) {
  return (
    <span className="num inline-flex items-center gap-1.5 text-muted">
      <span
        aria-hidden="true"
        className="w-3 border-t-2"
        style={{ borderColor: colour, borderStyle: isDashed ? "dashed" : "solid" }}
      />
      {text}
    </span>
  );
}
