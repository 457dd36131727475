import {
  countWords,
  hitPercent,
  type MetricPoint,
  msWords,
  percentOf,
  percentWords,
  shortWords,
} from "../metric-words";

type Values = Omit<MetricPoint, "atMs">;

export type Series = {
  /** In the address, when it is hidden. */
  id: string;
  label: string;
  colour: string;
  kind: "bar" | "line";
  /** Tells lines apart without their colours. */
  dash?: string;
  value: (of: Values) => number | null;
};

export type ChartKind = {
  id: string;
  title: string;
  series: readonly Series[];
  words: (value: number | null) => string;
  /** Beside the title: of the whole range. */
  headline: (total: Values) => string;
  axisWords: (value: number) => string;
  /** Whole numbers. */
  isCount: boolean;
  /** Where the axis ends; null: above the greatest value. */
  most: number | null;
};

const percent = (value: number | null) => (value === null ? "–" : percentWords(value));
const count = (value: number | null) => (value === null ? "–" : countWords(value));

const REQUESTS: ChartKind = {
  id: "requests",
  title: "Requests",
  words: count,
  axisWords: shortWords,
  isCount: true,
  headline: (total) => countWords(total.count),
  most: null,
  series: [
    {
      id: "ok",
      label: "2xx, 3xx",
      colour: "var(--accent)",
      kind: "bar",
      value: (of) => of.count - of.errors4xx - of.errors5xx,
    },
    { id: "4xx", label: "4xx", colour: "var(--warn)", kind: "bar", value: (of) => of.errors4xx },
    { id: "5xx", label: "5xx", colour: "var(--bad)", kind: "bar", value: (of) => of.errors5xx },
  ],
};

const ERRORS: ChartKind = {
  id: "errors",
  title: "Error rate",
  words: percent,
  axisWords: percentWords,
  isCount: false,
  headline: (total) => percent(percentOf(total.errors4xx + total.errors5xx, total.count)),
  most: null,
  series: [
    {
      id: "rate4xx",
      label: "4xx",
      colour: "var(--warn)",
      kind: "line",
      dash: "5 3",
      value: (of) => percentOf(of.errors4xx, of.count),
    },
    {
      id: "rate5xx",
      label: "5xx",
      colour: "var(--bad)",
      kind: "line",
      value: (of) => percentOf(of.errors5xx, of.count),
    },
  ],
};

const LATENCY: ChartKind = {
  id: "latency",
  title: "Latency",
  words: msWords,
  axisWords: msWords,
  isCount: false,
  headline: (total) => (total.p95Ms === null ? "–" : `p95 ${msWords(total.p95Ms)}`),
  most: null,
  series: [
    { id: "p50", label: "p50", colour: "var(--info)", kind: "line", dash: "2 2", value: (of) => of.p50Ms },
    { id: "p95", label: "p95", colour: "var(--accent)", kind: "line", value: (of) => of.p95Ms },
    { id: "p99", label: "p99", colour: "var(--patch)", kind: "line", dash: "6 3", value: (of) => of.p99Ms },
    {
      id: "integration",
      label: "integration avg",
      colour: "var(--muted)",
      kind: "line",
      dash: "1 3",
      value: (of) => of.integrationMs,
    },
  ],
};

const CACHE: ChartKind = {
  id: "cache",
  title: "Cache hit ratio",
  words: percent,
  axisWords: percentWords,
  isCount: false,
  headline: (total) => percent(hitPercent(total)),
  most: 100,
  series: [{ id: "hits", label: "hits", colour: "var(--ok)", kind: "line", value: hitPercent }],
};

const THROTTLED: ChartKind = {
  id: "throttled",
  title: "Refused by limits",
  words: count,
  axisWords: shortWords,
  isCount: true,
  headline: (total) => count(total.throttled),
  most: null,
  series: [
    {
      id: "throttled",
      label: "throttle or quota",
      colour: "var(--patch)",
      kind: "bar",
      value: (of) => of.throttled,
    },
  ],
};

/** The charts that have something to show: of keys no latency is counted, and not every API has a cache. */
export function chartsFor(total: Values): ChartKind[] {
  if (total.throttled !== null) return [REQUESTS, ERRORS, THROTTLED];
  const hasCache = total.cacheHits + total.cacheMisses > 0;
  return [REQUESTS, ERRORS, LATENCY, ...(hasCache ? [CACHE] : [])];
}
