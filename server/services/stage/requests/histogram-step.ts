const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  DAY,
];

/** Bars at most, so that each can be clicked. */
export const MOST_BARS = 60;

/** How long one bar of a span is, in ms: a length people count in, and at most 60 bars, up to 60 days. */
export function histogramStep(spanMs: number): number {
  return STEPS.find((step) => spanMs / step <= MOST_BARS) ?? Math.ceil(spanMs / MOST_BARS / DAY) * DAY;
}
