import { describe, expect, it } from "vitest";
import { deploymentMarks, trafficSeries } from "./traffic-series";

const now = Date.UTC(2026, 0, 1, 12, 0, 30);
const minute = (ago: number) => new Date(Date.UTC(2026, 0, 1, 12, 0) - ago * 60_000);

describe("the series behind a stage's charts", () => {
  it("has one point for each minute, zero where there was no traffic, and ends now", () => {
    const rows = [{ minute: minute(1), count: 4, errors4xx: 1, errors5xx: 0, p95Ms: 12 }];
    const series = trafficSeries(rows, 5, now);
    expect(series.map((point) => point.count)).toEqual([0, 0, 0, 4, 0]);
    expect(series.at(-1)?.at).toBe(minute(0).getTime());
    expect(series[3]).toMatchObject({ errors4xx: 1, p95Ms: 12 });
  });

  it("sums long ranges into at most 120 buckets and keeps the worst p95", () => {
    const rows = [
      { minute: minute(1), count: 2, errors4xx: 0, errors5xx: 1, p95Ms: 30 },
      { minute: minute(2), count: 3, errors4xx: 0, errors5xx: 1, p95Ms: 90 },
    ];
    const series = trafficSeries(rows, 1440, now);
    expect(series).toHaveLength(120);
    expect(series.reduce((sum, point) => sum + point.count, 0)).toBe(5);
    expect(Math.max(...series.map((point) => point.p95Ms ?? 0))).toBe(90);
  });

  it("leaves out minutes before the range", () => {
    const rows = [{ minute: minute(90), count: 2, errors4xx: 0, errors5xx: 0, p95Ms: 1 }];
    expect(trafficSeries(rows, 60, now).every((point) => point.count === 0)).toBe(true);
  });
});

describe("marks of deployments", () => {
  it("stand at the point they fall into, one a point, and outside the series nowhere", () => {
    const point = (at: number) => ({ at, count: 0, errors4xx: 0, errors5xx: 0, p95Ms: null });
    const event = (id: string, kind: string, time: number, deploymentNumber: number | null = 1) => ({
      id,
      kind,
      deploymentNumber,
      createdAt: new Date(time),
    });
    const marks = deploymentMarks(
      [
        event("a", "deployed", 130, 3),
        event("b", "rolled-back", 110, 2),
        event("c", "settings-changed", 210),
        event("d", "deployed", 50),
        event("e", "canary-promoted", 250, null),
      ],
      [point(100), point(200)],
    );
    expect(marks).toEqual([
      { id: "a", at: 100, label: "#3" },
      { id: "e", at: 200, label: "" },
    ]);
  });
});
