import { database } from "@/server/db/client";
import { readKeySteps, readMetricRoutes, readMetricSteps } from "@/server/db/metric-reads";
import type { Actor } from "@/server/domain/actor";
import { LATENCY_BUCKET_COUNT } from "@/server/gateway/latency-buckets";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { deploymentMarks, type MetricMark } from "./deployment-marks";
import { keptFromMs, keySteps, type MetricRange, type MetricSteps, metricSteps } from "./metric-range";
import { keyValuesOf, type MetricValues, totalOf, totalOfKeys, valuesOf } from "./metric-values";

export type MetricQuestion = {
  apiId: string;
  range: MetricRange;
  stage?: string;
  /** `GET /pets/{petId}`; "" are requests that fit no method. */
  route?: string;
  planId?: string;
  keyId?: string;
};

export type ApiMetrics = Omit<MetricSteps, "unit"> & {
  /** What was before may be purged: its steps are empty. */
  keptFromMs: number;
  /** One for each step, from the first to the one that runs. */
  points: (MetricValues & { atMs: number })[];
  total: MetricValues;
  /** Of the stage, whatever route is asked for; the busiest first. Not counted by key. */
  routes: (MetricValues & { route: string })[];
  marks: MetricMark[];
  /** Stages of the API. */
  stages: string[];
};

/**
 * An API's requests over time and by method. Percentiles are estimates from histograms: see latencyQuantile. With a plan
 * or a key, what is counted by key: no latency, no cache, no methods.
 */
export async function apiMetrics(
  actor: Actor,
  question: MetricQuestion,
  now: Date = new Date(),
): Promise<ApiMetrics> {
  authorize(actor, "metrics:read");
  const { apiId, range, stage = null } = question;
  await requireApi(actor, apiId);
  const ofKeys = question.planId !== undefined || question.keyId !== undefined;
  const steps = (ofKeys ? keySteps : metricSteps)(range, now.getTime());
  const [series, marks, stages] = await Promise.all([
    ofKeys ? seriesOfKeys(question, steps) : seriesOfRoutes(question, steps, now.getTime()),
    deploymentMarks({ apiId, stage }, steps),
    database().stage.findMany({ where: { apiId }, orderBy: { name: "asc" }, select: { name: true } }),
  ]);
  const { fromMs, toMs, stepMs } = steps;
  return {
    ...{ fromMs, toMs, stepMs, keptFromMs: keptFromMs(steps.unit, now.getTime()) },
    ...series,
    marks,
    stages: stages.map(({ name }) => name),
  };
}

type Series = Pick<ApiMetrics, "points" | "total" | "routes">;

async function seriesOfRoutes(question: MetricQuestion, steps: MetricSteps, nowMs: number): Promise<Series> {
  const { apiId, stage = null, route = null } = question;
  const scope = { apiId, stage, route, ...steps };
  const [rows, routes] = await Promise.all([
    readMetricSteps(database(), scope, { stepMs: steps.stepMs, bucketCount: LATENCY_BUCKET_COUNT }),
    readMetricRoutes(database(), scope, { bucketCount: LATENCY_BUCKET_COUNT, nowMs }),
  ]);
  const none = totalOf([], LATENCY_BUCKET_COUNT);
  return {
    points: gapless(steps, rows, (row) => valuesOf(row ?? none)),
    total: valuesOf(totalOf(rows, LATENCY_BUCKET_COUNT)),
    routes: routes
      .map((row) => ({ route: row.route, ...valuesOf(row) }))
      .sort((a, b) => b.count - a.count || (a.route < b.route ? -1 : 1)),
  };
}

async function seriesOfKeys(question: MetricQuestion, steps: MetricSteps): Promise<Series> {
  const { apiId, stage = null, planId = null, keyId = null } = question;
  const rows = await readKeySteps(database(), { apiId, stage, planId, keyId, ...steps }, steps.stepMs);
  const none = totalOfKeys([]);
  return {
    points: gapless(steps, rows, (row) => keyValuesOf(row ?? none)),
    total: keyValuesOf(totalOfKeys(rows)),
    routes: [],
  };
}

/** What stands for each step: of a row if it has one. */
function gapless<T extends { atMs: number }>(
  { fromMs, toMs, stepMs }: MetricSteps,
  rows: readonly T[],
  values: (row: T | null) => MetricValues,
): ApiMetrics["points"] {
  const byStep = new Map(rows.map((row) => [row.atMs, row]));
  return Array.from({ length: Math.round((toMs - fromMs) / stepMs) }, (_, index) => {
    const atMs = fromMs + index * stepMs;
    return { atMs, ...values(byStep.get(atMs) ?? null) };
  });
}
