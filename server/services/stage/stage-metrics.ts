import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { LATENCY_BUCKET_COUNT, latencyQuantile } from "@/server/gateway/latency-buckets";
import { authorize } from "@/server/services/authorize";
import { findStage } from "./find-stage";

export type MetricPoint = {
  minute: Date;
  count: number;
  errors4xx: number;
  errors5xx: number;
  /** Of requests for cached methods only. */
  cacheHits: number;
  cacheMisses: number;
  /** Null when there was no request. */
  p50Ms: number | null;
  p95Ms: number | null;
};

const MINUTE_MS = 60_000;

/** A stage's traffic, minute by minute, up to the minute that runs now; minutes without requests included. */
export async function stageMetrics(
  actor: Actor,
  input: { apiId: string; stageName: string; minutes: number; route?: string },
  now: Date = new Date(),
): Promise<MetricPoint[]> {
  authorize(actor, "metrics:read");
  const stage = await findStage(actor, input);
  const last = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  const first = last - (input.minutes - 1) * MINUTE_MS;
  const rows = await database().metricMinute.findMany({
    where: {
      apiId: stage.apiId,
      stage: stage.name,
      minute: { gte: new Date(first), lte: new Date(last) },
      ...(input.route ? { route: input.route } : {}),
    },
  });
  const byMinute = new Map<number, Row[]>();
  for (const row of rows) {
    const minute = row.minute.getTime();
    byMinute.set(minute, [...(byMinute.get(minute) ?? []), row]);
  }
  return Array.from({ length: input.minutes }, (_, index) => {
    const minute = first + index * MINUTE_MS;
    return point(new Date(minute), byMinute.get(minute) ?? []);
  });
}

type Row = {
  count: number;
  errors4xx: number;
  errors5xx: number;
  cacheHits: number;
  cacheMisses: number;
  buckets: unknown;
};

function point(minute: Date, rows: Row[]): MetricPoint {
  const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const buckets = addBuckets(rows);
  return {
    minute,
    count: sum((row) => row.count),
    errors4xx: sum((row) => row.errors4xx),
    errors5xx: sum((row) => row.errors5xx),
    cacheHits: sum((row) => row.cacheHits),
    cacheMisses: sum((row) => row.cacheMisses),
    p50Ms: rows.length > 0 ? latencyQuantile(buckets, 0.5) : null,
    p95Ms: rows.length > 0 ? latencyQuantile(buckets, 0.95) : null,
  };
}

function addBuckets(rows: Row[]): number[] {
  const sum = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
  for (const { buckets } of rows) {
    if (!Array.isArray(buckets)) continue;
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (Number(buckets[i]) || 0);
  }
  return sum;
}
