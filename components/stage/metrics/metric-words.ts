import type { Answers } from "../../trpc/trpc";

export type ApiMetrics = Answers["metric"]["ofApi"];
export type MetricPoint = ApiMetrics["points"][number];
export type MetricMark = ApiMetrics["marks"][number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const two = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

export const countWords = (count: number) => whole.format(count);
/** For axes: 1.2K. */
export const shortWords = (value: number) => compact.format(value);
/** `0.02 %`, `12.5 %`. */
export const percentWords = (percent: number) =>
  `${(percent !== 0 && percent < 1 ? two : one).format(percent)} %`;
/** `4.2 ms`, `1.3 s`. */
export function msWords(ms: number | null): string {
  if (ms === null) return "–";
  return ms >= 1_000 ? `${two.format(ms / 1_000)} s` : `${(ms < 100 ? one : whole).format(ms)} ms`;
}

/** Null without a request. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole;
}

export const hitPercent = ({ cacheHits, cacheMisses }: { cacheHits: number; cacheMisses: number }) =>
  percentOf(cacheHits, cacheHits + cacheMisses);

const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat("en-GB", options);
  return (ms: number) => formatter.format(new Date(ms));
};
const clock = format({ hour: "2-digit", minute: "2-digit" });
const day = format({ day: "numeric", month: "short" });
const dayAndClock = format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** When a step was: `26 Nov, 14:05 – 14:10`. */
export function stepWords(atMs: number, stepMs: number): string {
  const endMs = atMs + stepMs;
  return day(atMs) === day(endMs)
    ? `${dayAndClock(atMs)} – ${clock(endMs)}`
    : `${dayAndClock(atMs)} – ${dayAndClock(endMs)}`;
}

const wholeDay = format({ day: "numeric", month: "short", year: "numeric" });
const wholeMinute = format({
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** Said of a time that begins before what the database still has; null otherwise. */
export function keptWords({ fromMs, keptFromMs }: Pick<ApiMetrics, "fromMs" | "keptFromMs">): string | null {
  return fromMs < keptFromMs ? `Metrics of before ${wholeDay(keptFromMs)} are no longer kept.` : null;
}

/** Whether all of the time is before what the database still has. */
export const isNotKept = ({ toMs, keptFromMs }: Pick<ApiMetrics, "toMs" | "keptFromMs">) =>
  toMs <= keptFromMs;

/** What there still is, and the setting that decides it, where nothing of the time is left. */
export function keptSince({ stepMs, keptFromMs }: Pick<ApiMetrics, "stepMs" | "keptFromMs">): string {
  const unit = stepMs < HOUR_MS ? "minute" : "hour";
  const setting = `GATEHOUSE_METRIC_${unit.toUpperCase()}_DAYS`;
  return `Counts per ${unit} go back to ${wholeDay(keptFromMs)}. ${setting} sets how long they are kept.`;
}

/** A time that was chosen by hand: `1 Jan 2020, 00:00 – 2 Jan 2020, 00:00`. */
export const rangeWords = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
  `${wholeMinute(fromMs)} – ${wholeMinute(toMs)}`;

const localMsOf = (ms: number) => ms - new Date(ms).getTimezoneOffset() * 60_000;

/**
 * The steps that an axis names, about `most` of them; and their words. Each is the first at or after a round local
 * time: steps are whole in UTC, and where the zone is at +5:30 none of them begins on one. `localMs` of a time in ms is
 * what a clock of the zone shows then, as if it were UTC.
 */
export function axisTicks(
  points: readonly { atMs: number }[],
  most: number,
  localMs: (ms: number) => number = localMsOf,
): { at: number[]; words: (atMs: number) => string } {
  const length = (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0);
  const gaps = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 20_160].map((m) => m * 60_000);
  const gap = gaps.find((one) => length / one <= most) ?? 40 * DAY_MS;
  let before: number | null = null;
  const at: number[] = [];
  for (const { atMs } of points) {
    const local = localMs(atMs);
    const round = Math.floor(local / gap);
    if (before === null ? local % gap === 0 : round !== before) at.push(atMs);
    before = round;
  }
  return { at, words: gap >= DAY_MS ? day : length > DAY_MS ? dayAndClock : clock };
}

/** What happened, as a sentence without who and when. */
export function markSentence({ kind, deploymentNumber, percentTraffic, reason }: MetricMark): string {
  const number = deploymentNumber === null ? "a deployment" : `#${deploymentNumber}`;
  const share = percentTraffic === null ? "" : ` at ${percentWords(percentTraffic)}`;
  switch (kind) {
    case "deployed":
      return `Deployed ${number}`;
    case "rolled-back":
      return `Moved to ${number}`;
    case "promoted":
      return `Promoted ${number}`;
    case "canary-started":
      return `Started a canary${deploymentNumber === null ? "" : ` with ${number}`}${share}`;
    case "canary-changed":
      return `Changed the canary${share}`;
    case "canary-promoted":
      return `Promoted the canary${deploymentNumber === null ? "" : `, ${number}`}`;
    case "canary-removed":
      return "Removed the canary";
    case "canary-aborted":
      return `Aborted the canary${reason ? `: ${reason}` : ""}`;
    default:
      return "Changed the stage";
  }
}

/** What is printed at its line; half a disc is a canary. */
export function markLabel({ kind, deploymentNumber, percentTraffic }: MetricMark): string {
  if (kind === "canary-aborted") return "◐ ✕";
  if (kind === "canary-removed") return "◐ –";
  if (kind === "canary-started" || kind === "canary-changed")
    return percentTraffic === null ? "◐" : `◐ ${percentWords(percentTraffic)}`;
  return deploymentNumber === null ? "•" : `#${deploymentNumber}`;
}

export type MarkedStep = { atMs: number; marks: MetricMark[] };

/** Marks by the step they fall into. */
export function markedSteps(
  marks: readonly MetricMark[],
  { fromMs, stepMs }: { fromMs: number; stepMs: number },
): MarkedStep[] {
  const steps = new Map<number, MarkedStep>();
  for (const mark of marks) {
    const atMs = fromMs + Math.floor((mark.at.getTime() - fromMs) / stepMs) * stepMs;
    const step = steps.get(atMs) ?? { atMs, marks: [] };
    step.marks.push(mark);
    steps.set(atMs, step);
  }
  return [...steps.values()];
}

/** Steps whose lines are so near to a place that who points there means them: a fiftieth of the chart. */
export function marksNear(steps: readonly MarkedStep[], atMs: number, lengthMs: number): MetricMark[] {
  return steps.filter((step) => Math.abs(step.atMs - atMs) <= lengthMs / 50).flatMap(({ marks }) => marks);
}
