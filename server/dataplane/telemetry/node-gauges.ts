import type { AccessLogSink } from "@/server/adapters/access-log-sink";
import type { CanaryWindows } from "@/server/adapters/canary-windows";
import type { MemoryKeyStore } from "@/server/adapters/key-store";
import type { MemoryLimits } from "@/server/adapters/limits/memory-limits";
import type { MinuteMetrics, RouteTotals } from "@/server/adapters/metrics/minute-metrics";
import type { RequestLogRing } from "@/server/adapters/request-log/request-log-ring";
import type { MemoryResponseCache } from "@/server/adapters/response-cache/memory-response-cache";
import type { OtlpTracing } from "@/server/adapters/tracing/otlp-tracing";
import { LATENCY_BUCKETS_MS } from "@/server/gateway/latency-buckets";
import type { ConfigFeed } from "../config/feed";
import type { RuntimeHolder } from "../config/holder";
import type { Gauge, Sample } from "./metrics-text";

type Counted = {
  metrics: MinuteMetrics;
  canaries: CanaryWindows;
  accessLog: AccessLogSink;
  executionLog: AccessLogSink;
  requestLog: RequestLogRing;
  holder: RuntimeHolder;
  keys: MemoryKeyStore;
  feed: ConfigFeed;
  limits: MemoryLimits;
  responseCache: Pick<MemoryResponseCache, "held">;
  tracing: Pick<OtlpTracing, "counts"> | undefined;
};

/** What a node tells Prometheus about itself. */
export function nodeGauges(counted: Counted): Gauge[] {
  const { metrics, canaries, accessLog, executionLog, requestLog, holder, keys, feed, limits } = counted;
  const { responseCache, tracing } = counted;
  const spans = tracing?.counts ?? { waiting: 0, exported: 0, dropped: 0 };
  const counter = (name: string, value: Gauge["value"], help: string): Gauge => ({
    name,
    help,
    type: "counter",
    value,
  });
  const gauge = (name: string, value: number, help: string): Gauge => ({ name, help, type: "gauge", value });
  /** Of what every worker has. */
  const common = (name: string, value: number, help: string, overWorkers: "max" | "min" = "max"): Gauge => ({
    ...gauge(name, value, help),
    overWorkers,
  });
  const { requests, errors4xx, errors5xx, cacheHits, cacheMisses } = metrics.totals;
  return [
    counter("gatehouse_requests_total", requests, "Requests served."),
    counter("gatehouse_errors_4xx_total", errors4xx, "Answers from 400 to 499."),
    counter("gatehouse_errors_5xx_total", errors5xx, "Answers from 500."),
    latencyHistogram(metrics),
    counter("gatehouse_cache_hits_total", cacheHits, "Requests answered from the cache of a stage."),
    counter(
      "gatehouse_cache_misses_total",
      cacheMisses,
      "Requests of cached methods that the back end answered.",
    ),
    gauge("gatehouse_cache_bytes", responseCache.held.bytes, "Bytes the response cache holds."),
    gauge("gatehouse_cache_entries", responseCache.held.entries, "Answers the response cache holds."),
    ...routeCounters(metrics),
    counter(
      "gatehouse_metric_rows_dropped_total",
      metrics.droppedRows + metrics.keys.droppedRows,
      "Minutes of routes and keys that could not be stored for too long.",
    ),
    counter("gatehouse_canary_requests_total", canaries.totals.requests, "Requests canaries served."),
    counter("gatehouse_canary_errors_5xx_total", canaries.totals.errors5xx, "Answers of canaries from 500."),
    counter("gatehouse_access_log_dropped_total", accessLog.droppedLines, "Access log lines dropped."),
    counter(
      "gatehouse_execution_log_dropped_total",
      executionLog.droppedLines,
      "Lines of execution logs dropped.",
    ),
    counter("gatehouse_request_log_dropped_total", requestLog.dropped, "Requests the request log dropped."),
    counter("gatehouse_request_log_written_total", requestLog.written, "Requests the request log stored."),
    gauge("gatehouse_request_log_waiting", requestLog.waitingCount, "Requests that wait to be stored."),
    counter("gatehouse_spans_exported_total", spans.exported, "Spans the collector took."),
    counter("gatehouse_spans_dropped_total", spans.dropped, "Spans lost: too many, or the collector failed."),
    gauge("gatehouse_spans_waiting", spans.waiting, "Spans that wait for the collector."),
    counter(
      "gatehouse_limit_refused_total",
      { label: "limit", values: limits.counts.refused },
      "Requests refused by a limit.",
    ),
    counter(
      "gatehouse_limit_shadowed_total",
      { label: "limit", values: limits.counts.shadowed },
      "Requests a limit in shadow mode would have refused.",
    ),
    counter(
      "gatehouse_quota_reservations_total",
      limits.reservations?.totals.questions ?? 0,
      "Questions to the database for parts of quotas.",
    ),
    counter(
      "gatehouse_quota_reservations_failed_total",
      limits.reservations?.totals.failures ?? 0,
      "Questions for parts of quotas that failed.",
    ),
    counter(
      "gatehouse_throttle_leases_total",
      limits.leases?.totals.questions ?? 0,
      "Questions of workers for leases of throttles.",
    ),
    counter(
      "gatehouse_throttle_leases_failed_total",
      limits.leases?.totals.failures ?? 0,
      "Questions for leases of throttles that failed.",
    ),
    common("gatehouse_stages", holder.all().length, "Stages this node knows."),
    common("gatehouse_stages_compiled", holder.compiledCount, "Stages compiled and in memory."),
    common("gatehouse_api_keys", keys.keyCount, "API keys known."),
    common("gatehouse_config_cursor", Number(feed.cursor), "Last configuration change applied.", "min"),
    common("gatehouse_rejected_deployments", feed.rejections.size, "Deployments this node refused."),
    gauge("gatehouse_resident_memory_bytes", process.memoryUsage.rss(), "Resident memory."),
  ];
}

/** Cumulative buckets of all latencies of a stage, in seconds. */
function latencyHistogram(metrics: MinuteMetrics): Gauge {
  const value = metrics.stageTotals().flatMap(({ apiId, stage, latencySumMs, buckets }): Sample[] => {
    const labels = { api: apiId, stage };
    let count = 0;
    const samples = buckets.map((n, i): Sample => {
      count += n;
      const end = LATENCY_BUCKETS_MS[i];
      const le = end === undefined ? "+Inf" : String(end / 1000);
      return { suffix: "_bucket", labels: { ...labels, le }, value: count };
    });
    return [
      ...samples,
      { suffix: "_sum", labels, value: latencySumMs / 1000 },
      { suffix: "_count", labels, value: count },
    ];
  });
  return {
    name: "gatehouse_request_duration_seconds",
    help: "Latency: from when a request came until its answer was written.",
    type: "histogram",
    value,
  };
}

/** CloudWatch's metrics under Prometheus's names, by API, stage and method. */
function routeCounters(metrics: MinuteMetrics): Gauge[] {
  const totals = metrics.routeTotals();
  const counter = (name: string, help: string, pick: (of: RouteTotals) => number): Gauge => ({
    name: `gatehouse_route_${name}_total`,
    help,
    type: "counter",
    value: totals.map((of) => ({
      labels: { api: of.apiId, stage: of.stage, method: of.route },
      value: pick(of),
    })),
  });
  return [
    counter("requests", "Count of a method.", (of) => of.count),
    counter("errors_4xx", "4XXError of a method.", (of) => of.errors4xx),
    counter("errors_5xx", "5XXError of a method.", (of) => of.errors5xx),
    counter("duration_seconds", "Latency of a method, added up.", (of) => of.latencySumMs / 1000),
    counter(
      "integration_duration_seconds",
      "IntegrationLatency of a method, added up.",
      (of) => of.integrationSumMs / 1000,
    ),
    counter("cache_hits", "CacheHitCount of a method.", (of) => of.cacheHits),
    counter("cache_misses", "CacheMissCount of a method.", (of) => of.cacheMisses),
  ];
}
