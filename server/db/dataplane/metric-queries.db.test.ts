import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useOwnDatabase } from "@/server/testing/own-database";
import { addKeyMetrics, addMetricMinutes, type MetricIncrement } from "./metric-queries";
import { removeOldMetrics } from "./metric-retention";
import { openDataplanePool } from "./pool";

let pool: Pool;
// What is old is removed whosever it is.
beforeAll(async () => {
  pool = openDataplanePool(await useOwnDatabase());
});
afterAll(() => pool?.end());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const hourMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

const row = (apiId: string, minuteMs: number, more: Partial<MetricIncrement> = {}): MetricIncrement => ({
  apiId,
  stage: "prod",
  route: "GET /",
  minuteMs,
  count: 2,
  errors4xx: 1,
  errors5xx: 0,
  latencySumMs: 1.5,
  integrationSumMs: 0.5,
  cacheHits: 1,
  cacheMisses: 0,
  buckets: [1, 0, 1],
  ...more,
});

const rowsOf = async (table: string, apiId: string) =>
  (
    await pool.query(
      `SELECT *, extract(epoch FROM ${table.endsWith("Hour") ? "hour" : "minute"})::float8 * 1000 AS "atMs"
       FROM "${table}" WHERE "apiId" = $1 ORDER BY "atMs"`,
      [apiId],
    )
  ).rows;

describe("stored metrics", () => {
  it("are added up by the minute and by the hour, histograms bucket by bucket, from any number of gateways", async () => {
    await addMetricMinutes(pool, [row("add", hourMs), row("add", hourMs + 60_000)]);
    await Promise.all(
      Array.from({ length: 4 }, () =>
        addMetricMinutes(pool, [
          row("add", hourMs + 60_000, { buckets: [0, 5, 0, 7] }),
          row("add", hourMs - 60_000),
          row("add", hourMs, { route: "GET /pets" }),
        ]),
      ),
    );
    const minutes = (await rowsOf("MetricMinute", "add")).filter(({ route }) => route === "GET /");
    expect(minutes).toMatchObject([
      { atMs: hourMs - 60_000, count: 8, buckets: [4, 0, 4] },
      { atMs: hourMs, count: 2, latencySumMs: 1.5, buckets: [1, 0, 1] },
      { atMs: hourMs + 60_000, count: 10, errors4xx: 5, cacheHits: 5, buckets: [1, 20, 1, 28] },
    ]);
    expect((await rowsOf("MetricHour", "add")).filter(({ route }) => route === "GET /")).toMatchObject([
      { atMs: hourMs - HOUR_MS, count: 8, errors4xx: 4, buckets: [4, 0, 4] },
      {
        atMs: hourMs,
        count: 12,
        errors4xx: 6,
        latencySumMs: 9,
        integrationSumMs: 3,
        buckets: [2, 20, 2, 28],
      },
    ]);
  });

  it("are in the hour exactly if they are in the minute", async () => {
    const broken = row("both", hourMs, { errors4xx: "none" as unknown as number });
    await expect(addMetricMinutes(pool, [row("both", hourMs - HOUR_MS), broken])).rejects.toThrow();
    expect(await rowsOf("MetricMinute", "both")).toEqual([]);
    expect(await rowsOf("MetricHour", "both")).toEqual([]);
  });

  it("are there by key and plan, too", async () => {
    const name = { apiId: "keys", stage: "prod", planId: "plan", keyId: "key" };
    const counts = { count: 3, errors4xx: 2, errors5xx: 0, throttled: 1 };
    for (const minuteMs of [hourMs, hourMs + 60_000]) {
      await addKeyMetrics(pool, [
        { ...name, ...counts, minuteMs },
        { ...name, planId: "", keyId: "", ...counts, minuteMs },
      ]);
    }
    expect(await rowsOf("MetricKeyMinute", "keys")).toHaveLength(4);
    expect(
      (await rowsOf("MetricKeyHour", "keys")).map(({ keyId, count, throttled }) => [keyId, count, throttled]),
    ).toEqual(
      expect.arrayContaining([
        ["key", 6, 2],
        ["", 6, 2],
      ]),
    );
  });
});

describe("old metrics", () => {
  const kept = { minuteDays: 7, hourDays: 90 };

  it("go in batches: minutes after a week, hours, which have their counts, after three months", async () => {
    const at = (days: number) => hourMs - days * DAY_MS;
    await addMetricMinutes(
      pool,
      [6, 8, 9, 10, 89, 91].map((days) => row("old", at(days))),
    );
    await addKeyMetrics(
      pool,
      [1, 3, 91].map((days) => ({
        ...{ apiId: "old", stage: "prod", planId: "p", keyId: "k", minuteMs: at(days) },
        ...{ count: 1, errors4xx: 0, errors5xx: 0, throttled: 0 },
      })),
    );
    expect(await removeOldMetrics(pool, kept, 2)).toBe(9);
    const times = async (table: string) =>
      (await rowsOf(table, "old")).map(({ atMs }) => (hourMs - atMs) / DAY_MS);
    expect(await times("MetricMinute")).toEqual([6]);
    expect(await times("MetricHour")).toEqual([89, 10, 9, 8, 6]);
    expect(await times("MetricKeyMinute")).toEqual([1]);
    expect(await times("MetricKeyHour")).toEqual([3, 1]);
    expect(await removeOldMetrics(pool, kept)).toBe(0);
  });

  it("are removed by one gateway at a time", async () => {
    await addMetricMinutes(pool, [row("alone", hourMs - 20 * DAY_MS)]);
    const other = await pool.connect();
    await other.query("BEGIN");
    await other.query("SELECT pg_advisory_xact_lock(7206041)");
    expect(await removeOldMetrics(pool, kept)).toBe(0);
    expect(await rowsOf("MetricMinute", "alone")).toHaveLength(1);
    await other.query("ROLLBACK");
    other.release();
    expect(await removeOldMetrics(pool, kept)).toBe(1);
    expect(await rowsOf("MetricMinute", "alone")).toEqual([]);
  });
});
