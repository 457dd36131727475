import { counted } from "../shell/count-words";

type Throttle = { rateLimit: number; burstLimit: number; shadow?: boolean };
type Quota = { limit: number; offset: number; period: "DAY" | "WEEK" | "MONTH" };

export const PERIOD_WORDS = { DAY: "day", WEEK: "week", MONTH: "month" } as const;
export const THIS_PERIOD_WORDS = { DAY: "today", WEEK: "this week", MONTH: "this month" } as const;

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
export const formatNumber = (value: number) => number.format(value);

/** `1 request/s`, `0.5 requests/s`. */
export const rateWords = (rate: number) => `${formatNumber(rate)} ${rate === 1 ? "request" : "requests"}/s`;

export function throttleWords(throttle: Throttle | null): string {
  if (!throttle) return "no rate limit";
  return `${rateWords(throttle.rateLimit)}, burst ${formatNumber(throttle.burstLimit)}`;
}

export function quotaWords(quota: Quota | null): string {
  if (!quota) return "no quota";
  return `${counted(quota.limit, "request")} per ${PERIOD_WORDS[quota.period]}`;
}

/** How exactly each limit is kept: the same sentences as in the gateway's README, where tests prove them. */
export const BOUND_WORDS = {
  throttle: "Fast: in any T seconds each gateway admits at most burst + rate × (T + 20 ms) requests",
  strict: "Never one too many, by all gateways together, also when one is killed",
  fast: "Never waits; several gateways may let in up to a second of requests too many",
} as const;

/** `3 h 41 min`, `12 d 4 h`, `48 s`: the two largest units. */
export function countdown(until: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((until.getTime() - now.getTime()) / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return "0 s";
  return parts
    .slice(first, seconds >= 60 ? Math.min(first + 2, 3) : first + 1)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(" ");
}
