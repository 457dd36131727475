import { LATENCY_BUCKET_COUNT, latencyBucketOf } from "@/server/gateway/latency-buckets";
import type { Clock, ExchangeRecord, Metrics } from "@/server/gateway/ports";

/** What happened on one route in one minute. `buckets` as in `LATENCY_BUCKETS_MS`. */
export type MinuteCounts = {
  apiId: string;
  stage: string;
  route: string;
  minuteMs: number;
  count: number;
  errors4xx: number;
  errors5xx: number;
  latencySumMs: number;
  integrationSumMs: number;
  cacheHits: number;
  cacheMisses: number;
  buckets: number[];
};

export type MetricTotals = {
  requests: number;
  errors4xx: number;
  errors5xx: number;
  latencySumMs: number;
  cacheHits: number;
  cacheMisses: number;
};

const MINUTE_MS = 60_000;
/** Rows kept while the database is away: a day of 70 busy routes. Beyond it the oldest are dropped. */
const MAX_WAITING = 100_000;

/** What one route has done since the node began. */
export type RouteTotals = {
  readonly apiId: string;
  readonly stage: string;
  readonly route: string;
  count: number;
  errors4xx: number;
  errors5xx: number;
  latencySumMs: number;
  integrationSumMs: number;
  cacheHits: number;
  cacheMisses: number;
};

/** Routes that Prometheus sees one by one; what comes later is added up as `other`. */
const MAX_ROUTES = 1_000;

/** The Metrics port: counts per minute, API, stage and route, until somebody takes and stores them. */
export class MinuteMetrics implements Metrics {
  readonly totals: MetricTotals = {
    requests: 0,
    errors4xx: 0,
    errors5xx: 0,
    latencySumMs: 0,
    cacheHits: 0,
    cacheMisses: 0,
  };
  #minuteEndMs = 0;
  /** The running minute: apiId → stage/route → counts. Two levels, so that no key is glued together per request. */
  #current = new Map<string, Map<string, Map<string, MinuteCounts>>>();
  #waiting: MinuteCounts[] = [];
  #routes = new Map<string, RouteTotals>();
  droppedRows = 0;

  constructor(private readonly clock: Clock) {}

  record(record: ExchangeRecord): void {
    const nowMs = this.clock.nowMs();
    if (nowMs >= this.#minuteEndMs) this.#turnMinute(nowMs);
    const counts = this.#countsOf(record);
    const { status, latencyMs } = record;
    counts.count++;
    counts.latencySumMs += latencyMs;
    counts.integrationSumMs += record.integrationLatencyMs;
    const bucket = latencyBucketOf(latencyMs);
    counts.buckets[bucket] = (counts.buckets[bucket] as number) + 1;
    this.totals.requests++;
    this.totals.latencySumMs += latencyMs;
    if (record.cacheStatus) this.#countCache(counts, record.cacheStatus);
    if (status >= 500) {
      counts.errors5xx++;
      this.totals.errors5xx++;
    } else if (status >= 400) {
      counts.errors4xx++;
      this.totals.errors4xx++;
    }
  }

  #countCache(counts: MinuteCounts, status: "hit" | "miss"): void {
    const field = status === "hit" ? "cacheHits" : "cacheMisses";
    counts[field]++;
    this.totals[field]++;
  }

  /** Totals of routes, up to the request that came last; bounded in number. */
  routeTotals(): RouteTotals[] {
    this.#closeCurrent();
    return [...this.#routes.values()];
  }

  /** All counts since the last call; counting goes on at nought. Give them to `restore` if storing fails. */
  take(): MinuteCounts[] {
    this.#closeCurrent();
    const rows = this.#waiting;
    this.#waiting = [];
    return rows;
  }

  restore(rows: readonly MinuteCounts[]): void {
    this.#waiting.unshift(...rows);
    const excess = this.#waiting.length - MAX_WAITING;
    if (excess <= 0) return;
    this.#waiting.splice(0, excess);
    this.droppedRows += excess;
  }

  #countsOf({ apiId, stageName, route }: ExchangeRecord): MinuteCounts {
    let stages = this.#current.get(apiId);
    if (!stages) {
      stages = new Map();
      this.#current.set(apiId, stages);
    }
    let routes = stages.get(stageName);
    if (!routes) {
      routes = new Map();
      stages.set(stageName, routes);
    }
    let counts = routes.get(route);
    if (!counts) {
      counts = {
        apiId,
        stage: stageName,
        route,
        minuteMs: this.#minuteEndMs - MINUTE_MS,
        count: 0,
        errors4xx: 0,
        errors5xx: 0,
        latencySumMs: 0,
        integrationSumMs: 0,
        cacheHits: 0,
        cacheMisses: 0,
        buckets: new Array<number>(LATENCY_BUCKET_COUNT).fill(0),
      };
      routes.set(route, counts);
    }
    return counts;
  }

  #turnMinute(nowMs: number): void {
    this.#closeCurrent();
    this.#minuteEndMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  }

  #closeCurrent(): void {
    for (const stages of this.#current.values()) {
      for (const routes of stages.values()) {
        for (const counts of routes.values()) {
          this.#waiting.push(counts);
          this.#addToRoute(counts);
        }
      }
    }
    this.#current = new Map();
    const excess = this.#waiting.length - MAX_WAITING;
    if (excess <= 0) return;
    this.#waiting.splice(0, excess);
    this.droppedRows += excess;
  }

  #addToRoute(counts: MinuteCounts): void {
    const isKnown = this.#routes.has(keyOf(counts));
    const isTooMany = !isKnown && this.#routes.size >= MAX_ROUTES;
    const { apiId, stage, route } = isTooMany ? OTHER : counts;
    const key = keyOf({ apiId, stage, route });
    let totals = this.#routes.get(key);
    if (!totals) {
      totals = {
        apiId,
        stage,
        route,
        count: 0,
        errors4xx: 0,
        errors5xx: 0,
        latencySumMs: 0,
        integrationSumMs: 0,
        cacheHits: 0,
        cacheMisses: 0,
      };
      this.#routes.set(key, totals);
    }
    totals.count += counts.count;
    totals.errors4xx += counts.errors4xx;
    totals.errors5xx += counts.errors5xx;
    totals.latencySumMs += counts.latencySumMs;
    totals.integrationSumMs += counts.integrationSumMs;
    totals.cacheHits += counts.cacheHits;
    totals.cacheMisses += counts.cacheMisses;
  }
}

const OTHER = { apiId: "other", stage: "other", route: "other" };

function keyOf({ apiId, stage, route }: Pick<MinuteCounts, "apiId" | "stage" | "route">): string {
  return `${apiId} ${stage} ${route}`;
}
