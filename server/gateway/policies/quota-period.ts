import type { Quota } from "../snapshot/usage-plan";

/**
 * The quota period a moment lies in, in UTC: the day, the week from Sunday, the month. Both ends in ms since 1970,
 * `endMs` is the first moment of the next period.
 */
export function quotaPeriod(period: Quota["period"], atMs: number): { startMs: number; endMs: number } {
  const time = new Date(atMs);
  const year = time.getUTCFullYear();
  const month = time.getUTCMonth();
  const day = time.getUTCDate();
  switch (period) {
    case "DAY":
      return { startMs: Date.UTC(year, month, day), endMs: Date.UTC(year, month, day + 1) };
    case "WEEK": {
      const sunday = day - time.getUTCDay();
      return { startMs: Date.UTC(year, month, sunday), endMs: Date.UTC(year, month, sunday + 7) };
    }
    case "MONTH":
      return { startMs: Date.UTC(year, month, 1), endMs: Date.UTC(year, month + 1, 1) };
  }
}

/**
 * Requests a key may make in the period that begins at `periodStartMs`: the limit, less `offset` in the period in
 * which the key joined the plan (AWS: the offset counts in the initial period).
 */
export function quotaLimitIn(quota: Quota, periodStartMs: number, joinedAtMs: number): number {
  if (quota.offset === 0) return quota.limit;
  const isFirst = quotaPeriod(quota.period, joinedAtMs).startMs === periodStartMs;
  return isFirst ? Math.max(0, quota.limit - quota.offset) : quota.limit;
}
