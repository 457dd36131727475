import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addKeyMetrics, addMetricMinutes, type MetricIncrement } from "@/server/db/dataplane/metric-queries";
import { openDataplanePool } from "@/server/db/dataplane/pool";
import { LATENCY_BUCKET_COUNT, latencyBucketOf } from "@/server/gateway/latency-buckets";
import { createKey } from "@/server/services/api-key/create-key";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { apiMetrics } from "./api-metrics";
import { topKeys } from "./top-keys";

const pool = openDataplanePool(process.env.DATABASE_URL as string);
const MINUTE_MS = 60_000;
const now = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS + 30_000);
const minute = (ago: number) => now.getTime() - 30_000 - ago * MINUTE_MS;

let workspace: TestWorkspace;
let apiId: string;

/** Requests of one minute, all with one latency. */
function row(ago: number, latencyMs: number, more: Partial<MetricIncrement> = {}): MetricIncrement {
  const buckets = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
  const count = more.count ?? 10;
  buckets[latencyBucketOf(latencyMs)] = count;
  return {
    ...{ apiId, stage: "prod", route: "GET /pets", minuteMs: minute(ago), count, errors4xx: 0, errors5xx: 0 },
    ...{ latencySumMs: count * latencyMs, integrationSumMs: count, cacheHits: 0, cacheMisses: 0, buckets },
    ...more,
  };
}

beforeAll(async () => {
  workspace = await createTestWorkspace("Metrics");
  ({ apiId } = await createTestApi(workspace.owner));
  await deployTestApi(workspace.owner, apiId);
  await addMetricMinutes(pool, [
    row(1, 10, { errors5xx: 2 }),
    row(1, 100, { route: "POST /pets", cacheHits: 3, cacheMisses: 1 }),
    row(2, 1_000, { stage: "dev", count: 5 }),
    row(2, 4, { route: "", errors4xx: 10 }),
    row(300, 10),
  ]);
});
afterAll(() => pool.end());

const ask = (more: object = {}) =>
  apiMetrics(workspace.owner, { apiId, range: { minutes: 60 }, ...more }, now);

describe("an API's metrics", () => {
  it("are a point for each step, those without requests too, and sums over all", async () => {
    const { points, total, stepMs, stages } = await ask();
    expect([points.length, stepMs, stages]).toEqual([60, MINUTE_MS, ["prod"]]);
    expect(points.filter(({ count }) => count > 0).map(({ atMs, count }) => [atMs, count])).toEqual([
      [minute(2), 15],
      [minute(1), 20],
    ]);
    expect(points[0]).toMatchObject({ count: 0, p95Ms: null, averageMs: null });
    expect(total).toMatchObject({ count: 35, errors4xx: 10, errors5xx: 2, cacheHits: 3, integrationMs: 1 });
  });

  it("have percentiles of the histograms added up, not averages of percentiles", async () => {
    const { points, total } = await ask({ stage: "prod" });
    const last = points.findLast(({ count }) => count > 0);
    expect(last?.p50Ms).toBeGreaterThan(8);
    expect(last?.p50Ms).toBeLessThanOrEqual(12);
    expect(last?.p95Ms).toBeGreaterThan(80);
    expect(last?.p95Ms).toBeLessThanOrEqual(120);
    expect(total.averageMs).toBeCloseTo((10 * 10 + 10 * 100 + 10 * 4) / 30);
  });

  it("are by method, the busiest first, also while one method is looked at", async () => {
    const { routes, total } = await ask({ stage: "prod", route: "POST /pets" });
    expect(routes.map(({ route, count }) => [route, count])).toEqual([
      ["", 10],
      ["GET /pets", 10],
      ["POST /pets", 10],
    ]);
    expect(total).toMatchObject({ count: 10, cacheHits: 3, cacheMisses: 1 });
    expect((await ask({ route: "" })).total).toMatchObject({ count: 10, errors4xx: 10 });
  });

  it("are the same by method and over time, whichever part of an hour a range begins and ends in", async () => {
    for (const [from, to] of [
      [2.5, 0],
      [2, 1],
      [301, 200],
      [330, 1],
      [300, 299],
    ] as const) {
      const range = { fromMs: minute(from), toMs: minute(to) };
      const { routes, total } = await ask({ range });
      expect(
        routes.reduce((sum, { count }) => sum + count, 0),
        `${from} to ${to}`,
      ).toBe(total.count);
    }
  });

  it("come from the hours where a range is long", async () => {
    const { points, stepMs, total } = await ask({ range: { minutes: 4_320 } });
    expect([points.length, stepMs]).toEqual([72, 60 * MINUTE_MS]);
    expect(total.count).toBe(45);
  });

  it("say since when they are kept, so that purged ones are not taken for no traffic", async () => {
    const fromMs = minute(200 * 1_440);
    const { keptFromMs, total } = await ask({ range: { fromMs, toMs: fromMs + 86_400_000 } });
    expect(total.count).toBe(0);
    expect(keptFromMs).toBe(now.getTime() - 90 * 86_400_000);
    expect((await ask()).keptFromMs).toBeLessThan(minute(60));
  });

  it("mark deployments with their number and who made them", async () => {
    const { marks } = await apiMetrics(workspace.owner, { apiId, range: { minutes: 60 } });
    expect(marks).toMatchObject([
      { kind: "deployed", stage: "prod", deploymentNumber: 1, actorName: "Test owner" },
    ]);
    expect((await ask({ stage: "other" })).marks).toEqual([]);
  });
});

describe("metrics by key", () => {
  it("are a list of the busiest keys with their names, and series of one key or plan", async () => {
    const { key: issued } = await createKey(workspace.owner, { name: "Mobile", planIds: [] });
    const name = { apiId, stage: "prod", minuteMs: minute(1) };
    const keyId = issued.id;
    await addKeyMetrics(pool, [
      { ...name, planId: "gone", keyId, count: 8, errors4xx: 3, errors5xx: 1, throttled: 2 },
      { ...name, planId: "gone", keyId: "old", count: 9, errors4xx: 0, errors5xx: 0, throttled: 0 },
      { ...name, planId: "", keyId: "", count: 1, errors4xx: 0, errors5xx: 0, throttled: 0 },
    ]);
    const { keys, count } = await topKeys(workspace.owner, { apiId, range: { minutes: 60 } }, now);
    expect(count).toBe(3);
    expect(keys.map((key) => [key.keyName, key.planName, key.count, key.throttled])).toEqual([
      [null, null, 9, 0],
      ["Mobile", null, 8, 2],
      [null, null, 1, 0],
    ]);
    const { total, points, routes } = await ask({ keyId });
    expect(total).toMatchObject({ count: 8, errors4xx: 3, throttled: 2, p95Ms: null });
    expect(points.filter((point) => point.count > 0)).toHaveLength(1);
    expect(routes).toEqual([]);
    expect((await ask({ planId: "gone" })).total.count).toBe(17);
    expect((await ask({ planId: "", keyId: "" })).total.count).toBe(1);
  });
});
