import type { Inputs } from "../trpc/trpc";

export type RequestFilter = Inputs["requestLog"]["search"]["filter"];

/** Names in the query string, and what each filters by. */
export const FILTER_FIELDS = [
  { name: "status", label: "Status" },
  { name: "method", label: "Method" },
  { name: "path", label: "Path" },
  { name: "key", label: "Key" },
  { name: "requestId", label: "Request id" },
] as const;
export type FilterField = (typeof FILTER_FIELDS)[number]["name"];

export const SINCE = [
  { value: "15", label: "15 min" },
  { value: "60", label: "1 h" },
  { value: "1440", label: "24 h" },
  { value: "all", label: "All" },
] as const;

const STATUS = new Set(["2xx", "3xx", "4xx", "5xx"]);

/** The filter that an address says; what makes no sense there is left out. */
export function filterOf(get: (name: string) => string | null): RequestFilter {
  const filter: RequestFilter = {};
  for (const { name } of FILTER_FIELDS) {
    const value = get(name)?.trim();
    if (!value) continue;
    if (name === "status") {
      if (STATUS.has(value)) filter.status = value as NonNullable<RequestFilter["status"]>;
    } else filter[name] = value;
  }
  const minutes = Number(get("since") ?? "");
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 10_080) filter.minutes = minutes;
  const time = timeOf(get);
  if (time?.fromMs !== undefined) filter.fromMs = time.fromMs;
  if (time?.toMs !== undefined) filter.toMs = time.toMs;
  return filter;
}

/** `from` and `to` of an address, in ISO 8601; null if neither is a time. */
export function timeOf(get: (name: string) => string | null): { fromMs?: number; toMs?: number } | null {
  const msOf = (name: string) => {
    const ms = Date.parse(get(name) ?? "");
    return Number.isNaN(ms) || ms < 0 ? undefined : ms;
  };
  const fromMs = msOf("from");
  const toMs = msOf("to");
  if (fromMs === undefined && toMs === undefined) return null;
  return { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) };
}

const MINUTE_MS = 60_000;

function moment(ms: number, hasSeconds: boolean): string {
  return new Date(ms).toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(hasSeconds ? { second: "2-digit" } : {}),
  });
}

/** `26 Nov, 14:05 – 26 Nov, 14:06`, with seconds where there are any, in the time zone of who reads it. */
export function timeWords({ fromMs, toMs }: { fromMs?: number; toMs?: number }): string {
  const hasSeconds = [fromMs, toMs].some((ms) => ms !== undefined && ms % MINUTE_MS !== 0);
  if (fromMs === undefined) return `before ${moment(toMs ?? 0, hasSeconds)}`;
  const from = moment(fromMs, hasSeconds);
  return toMs === undefined ? `since ${from}` : `${from} – ${moment(toMs, hasSeconds)}`;
}

/** Newest first, each once, at most `max`: what came live, then what was found. */
export function mergeRequests<T extends { id: string }>(
  live: readonly T[],
  found: readonly T[],
  max: number,
): T[] {
  const seen = new Set<string>();
  return [...live, ...found]
    .filter(({ id }) => !seen.has(id) && seen.add(id))
    .sort((a, b) => (BigInt(b.id) > BigInt(a.id) ? 1 : -1))
    .slice(0, max);
}
