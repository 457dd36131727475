import type { Inputs } from "../../trpc/trpc";

export type MetricQuestion = Inputs["metric"]["ofApi"];
export type MetricRange = MetricQuestion["range"];
type Get = (name: string) => string | null;

export const RANGES = [
  { value: "60", label: "1 h" },
  { value: "180", label: "3 h" },
  { value: "720", label: "12 h" },
  { value: "1440", label: "24 h" },
  { value: "4320", label: "3 d" },
  { value: "10080", label: "7 d" },
] as const;
export const DEFAULT_RANGE = "180";
export const LONGEST_MS = 366 * 86_400_000;

/** The range that an address says: `from` and `to` in ISO 8601, else `range` in minutes, else three hours. */
export function rangeOf(get: Get): MetricRange {
  const fromMs = Date.parse(get("from") ?? "");
  const toMs = Date.parse(get("to") ?? "");
  if (fromMs >= 0 && toMs > fromMs && toMs - fromMs <= LONGEST_MS) return { fromMs, toMs };
  const known = RANGES.find(({ value }) => value === get("range"))?.value ?? DEFAULT_RANGE;
  return { minutes: Number(known) };
}

/** What an address asks for. Methods are not counted by key, so a plan or key makes the method not matter. */
export function questionOf(apiId: string, get: Get): MetricQuestion {
  const stage = get("stage");
  const route = get("route");
  const planId = get("plan");
  const keyId = get("key");
  const ofKeys = planId !== null || keyId !== null;
  return {
    apiId,
    range: rangeOf(get),
    ...(stage ? { stage } : {}),
    ...(route === null || ofKeys ? {} : { route }),
    ...(planId === null ? {} : { planId }),
    ...(keyId === null ? {} : { keyId }),
  };
}

/** How often charts ask anew, in ms: a step of long ranges is long, too. */
export function refreshMs(range: MetricRange): number | false {
  if (!("minutes" in range)) return false;
  return range.minutes <= 180 ? 10_000 : range.minutes <= 1_440 ? 30_000 : 120_000;
}

/** A route's verb and path; requests that fit no method have neither. */
export function routeParts(route: string): { verb: string; path: string } | null {
  const space = route.indexOf(" ");
  return space < 0 ? null : { verb: route.slice(0, space), path: route.slice(space + 1) };
}

export const NO_ROUTE = "no method of the API";

/**
 * The stage's request log, filtered by a time and by what the charts are filtered by. The log knows paths as they came:
 * of `/pets/{petId}` it is asked for those with `/pets/`.
 */
export function requestLogHref(
  { apiId, stage, route, keyId }: { apiId: string; stage: string; route?: string; keyId?: string },
  { fromMs, toMs, status }: { fromMs: number; toMs: number; status?: "4xx" | "5xx" },
): string {
  const query = new URLSearchParams({
    tab: "requests",
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  });
  if (status) query.set("status", status);
  const parts = route ? routeParts(route) : null;
  if (parts) {
    if (parts.verb !== "ANY") query.set("method", parts.verb);
    const start = parts.path.split("{")[0];
    if (start && start !== "/") query.set("path", start);
  }
  if (keyId) query.set("key", keyId);
  return `/apis/${apiId}/stages/${encodeURIComponent(stage)}?${query}`;
}
