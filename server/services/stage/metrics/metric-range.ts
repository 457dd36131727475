import { z } from "zod";
import { environment } from "@/server/env";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MOST_MINUTES = 366 * 24 * 60;
/** Widths of a step, in minutes: minutes' rows, then hours' rows. */
const STEPS = { minute: [1, 2, 5, 10], hour: [60, 120, 180, 360, 720, 1440] } as const;
/** Points of a chart. */
export const MOST_POINTS = 400;
/** Longer ranges are read from the hours: they are few, however many methods there are. */
const MINUTES_UP_TO_MS = DAY_MS;

/** The last so many minutes, or from when to when (ms since the epoch). */
export const metricRangeSchema = z.union([
  z.strictObject({ minutes: z.number().int().min(5).max(MOST_MINUTES) }),
  z
    .strictObject({ fromMs: z.number().int().min(0), toMs: z.number().int().min(0) })
    .refine(({ fromMs, toMs }) => toMs > fromMs && toMs - fromMs <= MOST_MINUTES * MINUTE_MS, {
      message: "must end after it begins, and within a year",
    }),
]);
export type MetricRange = z.infer<typeof metricRangeSchema>;

export type MetricSteps = {
  /** Start of the first step. */
  fromMs: number;
  /** End of the last step: it may not be over yet. */
  toMs: number;
  stepMs: number;
  unit: "minute" | "hour";
};

/**
 * The steps of a range, at most 400, on whole multiples of their width (UTC): from 1 minute (up to 6 hours) to 5
 * minutes (a day) from the minutes' rows; what is longer, or older than `minuteDays`, from the hours', by the hour (16
 * days) up to by the day.
 */
export function metricSteps(
  range: MetricRange,
  nowMs: number,
  minuteDays: number = environment().metricMinuteDays,
): MetricSteps {
  const [fromMs, toMs] =
    "minutes" in range ? [nowMs - range.minutes * MINUTE_MS, nowMs] : [range.fromMs, range.toMs];
  const length = toMs - fromMs;
  const hasMinutes = length <= MINUTES_UP_TO_MS && fromMs >= nowMs - minuteDays * DAY_MS;
  const unit = hasMinutes ? "minute" : "hour";
  const width = STEPS[unit].find((minutes) => length / (minutes * MINUTE_MS) < MOST_POINTS) ?? 1440;
  const stepMs = width * MINUTE_MS;
  const endMs = Math.ceil((toMs + ("minutes" in range ? 1 : 0)) / stepMs) * stepMs;
  // Of the last hour 60 minutes and not 61; of a chosen time every step that it touches.
  const startMs =
    "minutes" in range
      ? endMs - Math.max(1, Math.round(length / stepMs)) * stepMs
      : Math.floor(fromMs / stepMs) * stepMs;
  return { fromMs: startMs, toMs: endMs, stepMs, unit };
}

/** For keys, whose minutes are kept for a day only. */
export function keySteps(range: MetricRange, nowMs: number): MetricSteps {
  return metricSteps(range, nowMs, 1);
}

/** Since when metrics of a unit are kept, in ms since the epoch: what was before may be purged. */
export function keptFromMs(
  unit: MetricSteps["unit"],
  nowMs: number,
  { minuteDays, hourDays }: { minuteDays: number; hourDays: number } = {
    minuteDays: environment().metricMinuteDays,
    hourDays: environment().metricHourDays,
  },
): number {
  return nowMs - (unit === "minute" ? minuteDays : hourDays) * DAY_MS;
}
