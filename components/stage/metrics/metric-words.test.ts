import { describe, expect, it } from "vitest";
import { routesCsv, seriesCsv } from "./metric-csv";
import {
  type ApiMetrics,
  axisTicks,
  isNotKept,
  keptSince,
  keptWords,
  type MetricMark,
  markedSteps,
  markLabel,
  markSentence,
  marksNear,
  msWords,
  percentWords,
} from "./metric-words";
import { sortOf, sortRows } from "./sort-rows";

const mark = (more: Partial<MetricMark>): MetricMark => ({
  id: "m",
  at: new Date(0),
  stage: "prod",
  kind: "deployed",
  deploymentNumber: 4,
  actorName: "Ann",
  percentTraffic: null,
  reason: null,
  ...more,
});

describe("numbers in words", () => {
  it("have as many digits as matter", () => {
    expect([msWords(4.26), msWords(420.4), msWords(1_250), msWords(null)]).toEqual([
      "4.3 ms",
      "420 ms",
      "1.25 s",
      "–",
    ]);
    expect([percentWords(0), percentWords(0.123), percentWords(12.34)]).toEqual(["0 %", "0.12 %", "12.3 %"]);
  });
});

describe("marks", () => {
  it("say what happened", () => {
    expect(markSentence(mark({}))).toBe("Deployed #4");
    expect(markSentence(mark({ kind: "canary-started", percentTraffic: 10 }))).toBe(
      "Started a canary with #4 at 10 %",
    );
    expect(markSentence(mark({ kind: "canary-aborted", reason: "too many errors" }))).toBe(
      "Aborted the canary: too many errors",
    );
    expect(markLabel(mark({ kind: "canary-started", percentTraffic: 10 }))).toBe("◐ 10 %");
  });

  it("stand at the step they fall into, and are found from nearby", () => {
    const steps = markedSteps(
      [mark({ at: new Date(61_000) }), mark({ at: new Date(119_000) }), mark({ at: new Date(300_000) })],
      { fromMs: 0, stepMs: 60_000 },
    );
    expect(steps.map(({ atMs, marks }) => [atMs, marks.length])).toEqual([
      [60_000, 2],
      [300_000, 1],
    ]);
    expect(marksNear(steps, 120_000, 3_600_000)).toHaveLength(2);
    expect(marksNear(steps, 180_000, 3_600_000)).toHaveLength(0);
  });
});

describe("the times on the axis", () => {
  const HOUR_MS = 3_600_000;
  const DAY_MS = 24 * HOUR_MS;
  const formatIn = (timeZone: string) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  const localMsIn = (timeZone: string) => {
    const formatter = formatIn(timeZone);
    return (ms: number) => Date.parse(`${formatter.format(ms).replace(" ", "T")}Z`);
  };
  const every = (stepMs: number, fromMs: number, lengthMs: number) =>
    Array.from({ length: lengthMs / stepMs }, (_, i) => ({ atMs: fromMs + i * stepMs }));
  const clocks = (timeZone: string, points: { atMs: number }[], most = 10) =>
    axisTicks(points, most, localMsIn(timeZone)).at.map((ms) => formatIn(timeZone).format(ms).slice(5, 16));

  it("are round, and not too many", () => {
    const points = every(60_000, Date.UTC(2026, 10, 26, 9, 7), 3 * HOUR_MS);
    const { at } = axisTicks(points, 6, localMsIn("UTC"));
    expect(at.length).toBeGreaterThan(3);
    expect(at.length).toBeLessThanOrEqual(7);
    expect(at.every((atMs) => atMs % 1_800_000 === 0)).toBe(true);
    expect(axisTicks([], 6).at).toEqual([]);
  });

  it("are the first steps after them where no step begins on them", () => {
    const from = Date.UTC(2026, 6, 1);
    expect(clocks("Asia/Kolkata", every(HOUR_MS, from, 3 * DAY_MS)).slice(0, 3)).toEqual([
      "07-01 12:30",
      "07-02 00:30",
      "07-02 12:30",
    ]);
    expect(clocks("Asia/Kolkata", every(HOUR_MS, from, 7 * DAY_MS))).toHaveLength(7);
    expect(clocks("Europe/Zurich", every(2 * HOUR_MS, Date.UTC(2026, 0, 1), 20 * DAY_MS))[0]).toBe(
      "01-03 01:00",
    );
    for (const timeZone of ["Europe/Zurich", "America/New_York"])
      expect(clocks(timeZone, every(3 * HOUR_MS, from, 35 * DAY_MS)).length).toBeGreaterThan(3);
  });

  it("are round before and after a change of daylight saving", () => {
    const autumn = clocks("Europe/Zurich", every(HOUR_MS, Date.UTC(2026, 9, 22), 7 * DAY_MS));
    const spring = clocks("Europe/Zurich", every(HOUR_MS, Date.UTC(2026, 2, 26), 7 * DAY_MS));
    expect(autumn).toHaveLength(7);
    expect(spring).toHaveLength(7);
    for (const text of [...autumn, ...spring]) expect(text).toMatch(/ 00:00$/);
    // The hour from 2 to 3 comes twice, or not at all.
    expect(
      clocks("Europe/Zurich", every(HOUR_MS, Date.UTC(2026, 9, 24, 22), 6 * HOUR_MS)).slice(0, 4),
    ).toEqual(["10-25 00:00", "10-25 01:00", "10-25 02:00", "10-25 03:00"]);
    expect(
      clocks("Europe/Zurich", every(HOUR_MS, Date.UTC(2026, 2, 28, 23), 9 * HOUR_MS), 4).slice(0, 3),
    ).toEqual(["03-29 00:00", "03-29 03:00", "03-29 04:00"]);
  });
});

it("says of a time from before the kept metrics that they are gone", () => {
  const keptFromMs = Date.UTC(2026, 7, 28, 12);
  expect(keptWords({ fromMs: keptFromMs, keptFromMs })).toBeNull();
  expect(keptWords({ fromMs: keptFromMs - 1, keptFromMs })).toMatch(/before 2\d Aug 2026 are no longer kept/);
  expect(isNotKept({ toMs: keptFromMs + 1, keptFromMs })).toBe(false);
  expect(isNotKept({ toMs: keptFromMs, keptFromMs })).toBe(true);
  const since = (stepMs: number) => keptSince({ stepMs, keptFromMs });
  expect(since(300_000)).toMatch(/^Counts per minute go back to 2\d Aug 2026. GATEHOUSE_METRIC_MINUTE_DAYS/);
  expect(since(3_600_000)).toMatch(/^Counts per hour go back to 2\d Aug 2026. GATEHOUSE_METRIC_HOUR_DAYS/);
});

describe("rows", () => {
  it("are sorted by what the address says, those without a value last", () => {
    expect(sortOf("-p95", ["count", "p95"], "-count")).toEqual({ column: "p95", isDescending: true });
    expect(sortOf("what", ["count", "p95"], "-count")).toEqual({ column: "count", isDescending: true });
    expect(sortRows([2, null, 3], (row) => row, true)).toEqual([3, 2, null]);
    expect(sortRows([2, null, 1], (row) => row, false)).toEqual([1, 2, null]);
    expect(sortRows(["b", "a"], (row) => row, false)).toEqual(["a", "b"]);
  });

  it("are lines of CSV in which nothing is a formula", () => {
    const values = {
      ...{ count: 1, errors4xx: 0, errors5xx: 0, throttled: null, cacheHits: 0, cacheMisses: 0 },
      ...{ p50Ms: 1.23456, p90Ms: 2, p95Ms: 3, p99Ms: 4, averageMs: 2, integrationMs: 1 },
    };
    const metrics = {
      points: [{ atMs: 0, ...values }],
      routes: [{ route: "=GET /a,b", ...values }],
    } as unknown as ApiMetrics;
    expect(seriesCsv(metrics).split("\r\n")[1]).toBe("1970-01-01T00:00:00.000Z,1,0,0,,0,0,1.235,2,3,4,2,1");
    expect(routesCsv(metrics).split("\r\n")[1]).toBe(`"'=GET /a,b",1,0,0,,0,0,1.235,2,3,4,2,1`);
  });
});
