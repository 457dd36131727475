import { describe, expect, it } from "vitest";
import { keptFromMs, keySteps, MOST_POINTS, metricRangeSchema, metricSteps } from "./metric-range";

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const now = Date.UTC(2026, 10, 26, 10, 20, 30);
const stepsOf = (minutes: number) => metricSteps({ minutes }, now, 7);
const points = ({ fromMs, toMs, stepMs }: ReturnType<typeof stepsOf>) => (toMs - fromMs) / stepMs;

describe("the steps of a range", () => {
  it("are minutes for an hour, the running one last", () => {
    expect(stepsOf(60)).toEqual({
      fromMs: Date.UTC(2026, 10, 26, 9, 21),
      toMs: Date.UTC(2026, 10, 26, 10, 21),
      stepMs: MINUTE_MS,
      unit: "minute",
    });
  });

  it("are wider the longer the range is, on round times, and never more than 400", () => {
    const widths = [60, 180, 720, 1_440, 4_320, 10_080, 43_200, 129_600].map((minutes) => {
      const steps = stepsOf(minutes);
      expect(points(steps)).toBeLessThanOrEqual(MOST_POINTS);
      expect([steps.fromMs % steps.stepMs, steps.toMs % steps.stepMs]).toEqual([0, 0]);
      return steps.stepMs / MINUTE_MS;
    });
    expect(widths).toEqual([1, 1, 2, 5, 60, 60, 120, 360]);
    for (let minutes = 5; minutes <= 366 * 1_440; minutes += 997)
      for (const range of [{ minutes }, { fromMs: now - minutes * MINUTE_MS - 17, toMs: now }])
        expect(points(metricSteps(range, now, 7))).toBeLessThanOrEqual(MOST_POINTS + 1);
  });

  it("cover all of a chosen time", () => {
    const fromMs = Date.UTC(2026, 10, 26, 8, 0, 30);
    expect(metricSteps({ fromMs, toMs: fromMs + 10 * MINUTE_MS }, now, 7)).toMatchObject({
      fromMs: Date.UTC(2026, 10, 26, 8, 0),
      toMs: Date.UTC(2026, 10, 26, 8, 11),
      unit: "minute",
    });
  });

  it("are hours where the minutes are gone", () => {
    const fromMs = now - 8 * DAY_MS;
    const range = { fromMs, toMs: fromMs + 60 * MINUTE_MS };
    expect(metricSteps(range, now, 7)).toMatchObject({ unit: "hour", stepMs: 60 * MINUTE_MS });
    expect(metricSteps(range, now, 9)).toMatchObject({ unit: "minute", stepMs: MINUTE_MS });
    const threeDaysAgo = { fromMs: now - 3 * DAY_MS, toMs: now - 3 * DAY_MS + 60 * MINUTE_MS };
    expect(metricSteps(threeDaysAgo, now, 7).unit).toBe("minute");
    expect(keySteps(threeDaysAgo, now).unit).toBe("hour");
    expect(keySteps({ minutes: 1_440 }, now).unit).toBe("minute");
  });

  it("go back as far as their unit is kept", () => {
    const days = { minuteDays: 7, hourDays: 90 };
    expect(keptFromMs("hour", now, days)).toBe(now - 90 * DAY_MS);
    expect(keptFromMs("minute", now, days)).toBe(now - 7 * DAY_MS);
  });

  it("end after they begin, and within a year", () => {
    const isTaken = (range: unknown) => metricRangeSchema.safeParse(range).success;
    expect(isTaken({ fromMs: 5, toMs: 6 })).toBe(true);
    expect(isTaken({ fromMs: 6, toMs: 5 })).toBe(false);
    expect(isTaken({ fromMs: 0, toMs: 400 * DAY_MS })).toBe(false);
    expect(isTaken({ minutes: 0 })).toBe(false);
  });
});
