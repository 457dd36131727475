import { describe, expect, it } from "vitest";
import { latencyQuantile } from "@/server/gateway/latency-buckets";
import { MinuteMetrics } from "./minute-metrics";

const record = {
  apiId: "a",
  stageName: "prod",
  route: "GET /",
  integrationLatencyMs: 1,
  isCanary: null,
  deploymentId: "d",
};

describe("MinuteMetrics", () => {
  it("counts per minute and route, and keeps what could not be stored", () => {
    let nowMs = Date.UTC(2026, 10, 25, 10, 0, 59);
    const metrics = new MinuteMetrics({ nowMs: () => nowMs, monotonicMs: () => nowMs });
    metrics.record({ ...record, status: 200, latencyMs: 4 });
    metrics.record({ ...record, status: 404, latencyMs: 40 });
    nowMs += 2_000;
    metrics.record({ ...record, status: 500, latencyMs: 400 });
    const rows = metrics.take();
    expect(
      rows.map((r) => [new Date(r.minuteMs).toISOString().slice(11, 16), r.count, r.errors4xx, r.errors5xx]),
    ).toEqual([
      ["10:00", 2, 1, 0],
      ["10:01", 1, 0, 1],
    ]);
    expect(metrics.take()).toEqual([]);
    metrics.restore(rows);
    expect(metrics.take()).toEqual(rows);
    expect(metrics.totals).toMatchObject({ requests: 3, errors4xx: 1, errors5xx: 1 });
  });

  it("counts hits and misses of the cache, and requests it had no part in as neither", () => {
    const metrics = new MinuteMetrics({ nowMs: () => 0, monotonicMs: () => 0 });
    for (const cacheStatus of ["miss", "hit", "hit", null, undefined] as const)
      metrics.record({
        ...record,
        status: 200,
        latencyMs: 1,
        ...(cacheStatus === undefined ? {} : { cacheStatus }),
      });
    const counted = { cacheHits: 2, cacheMisses: 1 };
    expect(metrics.routeTotals()).toMatchObject([{ count: 5, ...counted }]);
    expect(metrics.take()).toMatchObject([{ count: 5, ...counted }]);
    expect(metrics.totals).toMatchObject(counted);
  });

  it("keeps counting in the same minute after its counts were taken", () => {
    const metrics = new MinuteMetrics({ nowMs: () => 60_000, monotonicMs: () => 0 });
    metrics.record({ ...record, status: 200, latencyMs: 1 });
    metrics.take();
    metrics.record({ ...record, status: 200, latencyMs: 1 });
    expect(metrics.take()).toMatchObject([{ minuteMs: 60_000, count: 1 }]);
  });

  it("has one row of a minute, also after its first part could not be stored", () => {
    const metrics = new MinuteMetrics({ nowMs: () => 60_000, monotonicMs: () => 0 });
    metrics.record({ ...record, status: 200, latencyMs: 1 });
    const rows = metrics.take();
    metrics.record({ ...record, status: 200, latencyMs: 2 });
    metrics.restore(rows);
    const [row, ...others] = metrics.take();
    expect(row).toMatchObject({ minuteMs: 60_000, count: 2, latencySumMs: 3 });
    expect(row?.buckets.slice(0, 3)).toEqual([1, 1, 0]);
    expect(others).toEqual([]);
  });

  it("gives quantiles within the bucket they lie in", () => {
    const metrics = new MinuteMetrics({ nowMs: () => 0, monotonicMs: () => 0 });
    for (let i = 1; i <= 100; i++) metrics.record({ ...record, status: 200, latencyMs: i });
    const [row] = metrics.take();
    expect(latencyQuantile(row?.buckets ?? [], 0.5)).toBeGreaterThan(30);
    expect(latencyQuantile(row?.buckets ?? [], 0.5)).toBeLessThanOrEqual(50);
    expect(latencyQuantile(row?.buckets ?? [], 0.95)).toBeGreaterThan(80);
    expect(latencyQuantile([], 0.5)).toBe(0);
  });

  it("adds routes up for ever, whether their minutes were taken or not, and no more than a thousand of them", () => {
    const metrics = new MinuteMetrics({ nowMs: () => 0, monotonicMs: () => 0 });
    metrics.record({ ...record, status: 200, latencyMs: 2 });
    metrics.take();
    metrics.record({ ...record, status: 503, latencyMs: 3 });
    expect(metrics.routeTotals()).toEqual([
      {
        apiId: "a",
        stage: "prod",
        route: "GET /",
        count: 2,
        errors4xx: 0,
        errors5xx: 1,
        latencySumMs: 5,
        integrationSumMs: 2,
        cacheHits: 0,
        cacheMisses: 0,
      },
    ]);
    for (let i = 0; i < 1_500; i++)
      metrics.record({ ...record, route: `GET /${i}`, status: 200, latencyMs: 1 });
    const totals = metrics.routeTotals();
    expect(totals).toHaveLength(1_001);
    expect(totals.at(-1)).toMatchObject({ route: "other", count: 501 });
  });

  it("adds latencies of stages up for ever, and of no more than two hundred", () => {
    const metrics = new MinuteMetrics({ nowMs: () => 0, monotonicMs: () => 0 });
    metrics.record({ ...record, status: 200, latencyMs: 1 });
    metrics.take();
    metrics.record({ ...record, route: "POST /", status: 200, latencyMs: 2 });
    const [totals] = metrics.stageTotals();
    expect(totals).toMatchObject({ apiId: "a", stage: "prod", latencySumMs: 3 });
    expect(totals?.buckets.slice(0, 3)).toEqual([1, 1, 0]);
    for (let i = 0; i < 300; i++) metrics.record({ ...record, apiId: `a${i}`, status: 200, latencyMs: 1 });
    const all = metrics.stageTotals();
    expect(all).toHaveLength(201);
    expect(all.at(-1)).toMatchObject({ stage: "other", latencySumMs: 101 });
  });
});
