import type { ApiMetrics } from "./metric-words";

const VALUES = [
  "count",
  "errors4xx",
  "errors5xx",
  "throttled",
  "cacheHits",
  "cacheMisses",
  "p50Ms",
  "p90Ms",
  "p95Ms",
  "p99Ms",
  "averageMs",
  "integrationMs",
] as const;

/** Quoted where needed; what a spreadsheet would take for a formula begins with an apostrophe. */
function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(Math.round(value * 1_000) / 1_000);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const lines = (rows: readonly (readonly (string | number | null)[])[]) =>
  `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

/** One line a step, times in UTC. */
export function seriesCsv({ points }: ApiMetrics): string {
  return lines([
    ["time", ...VALUES],
    ...points.map((point) => [new Date(point.atMs).toISOString(), ...VALUES.map((name) => point[name])]),
  ]);
}

export function routesCsv({ routes }: ApiMetrics): string {
  return lines([
    ["method", ...VALUES],
    ...routes.map((row) => [row.route, ...VALUES.map((name) => row[name])]),
  ]);
}
