"use client";
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatNumber } from "./limit-words";

type Day = { day: string; count: number; throttled: number; shadowed: number };

const dayWords = (day: string) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });

/** Requests per UTC day: admitted below, refused on top. */
export function UsageChart({
  days,
  label,
  height = 140,
}: {
  days: readonly Day[];
  label: string;
  height?: number;
}) {
  const admitted = days.reduce((sum, day) => sum + day.count, 0);
  const refused = days.reduce((sum, day) => sum + day.throttled, 0);
  const shadowed = days.reduce((sum, day) => sum + day.shadowed, 0);
  return (
    <figure aria-label={label}>
      <div style={{ height }} className="-mx-1">
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={[...days]} margin={{ top: 4, right: 4, bottom: 0, left: 4 }} barCategoryGap={2}>
            <XAxis
              dataKey="day"
              tickFormatter={dayWords}
              tick={{ fill: "var(--faint)", fontSize: 11 }}
              axisLine={{ stroke: "var(--line)" }}
              tickLine={false}
              interval="preserveStartEnd"
              minTickGap={40}
            />
            <YAxis hide domain={[0, (max: number) => Math.max(1, max)]} />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: "var(--hover)" }}
              content={({ active, payload }) => {
                const day = payload?.[0]?.payload as Day | undefined;
                if (!active || !day) return null;
                return (
                  <div className="num rounded-md border border-line bg-raised px-2 py-1 text-sm shadow-float">
                    <div className="text-faint">{dayWords(day.day)}</div>
                    {formatNumber(day.count)} admitted
                    {day.throttled > 0 ? (
                      <span className="text-bad">, {formatNumber(day.throttled)} refused</span>
                    ) : null}
                    {day.shadowed > 0 ? (
                      <span className="text-warn">, {formatNumber(day.shadowed)} over a limit in shadow</span>
                    ) : null}
                  </div>
                );
              }}
            />
            <Bar
              dataKey="count"
              stackId="day"
              fill="var(--accent)"
              isAnimationActive={false}
              maxBarSize={28}
            />
            <Bar
              dataKey="throttled"
              stackId="day"
              fill="var(--bad)"
              isAnimationActive={false}
              maxBarSize={28}
            />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="num mt-1 text-muted text-sm">
        {formatNumber(admitted)} admitted
        {refused > 0 ? <span className="text-bad">, {formatNumber(refused)} refused</span> : null} in{" "}
        {days.length} days
        {shadowed > 0 ? (
          <span className="block text-warn">
            {formatNumber(shadowed)} of the admitted would have been refused by limits in shadow mode
          </span>
        ) : null}
      </figcaption>
    </figure>
  );
}
