import type { MetricIncrement } from "@/server/db/dataplane/metric-queries";
import { LATENCY_BUCKET_COUNT, latencyBucketOf } from "@/server/gateway/latency-buckets";
import type { Clock, ExchangeRecord, Metrics } from "@/server/gateway/ports";
import { KeyMinutes } from "./key-minutes";
import { WaitingRows } from "./waiting-rows";

export type MetricTotals = {
  requests: number;
  errors4xx: number;
  errors5xx: number;
  cacheHits: number;
  cacheMisses: number;
};

const MINUTE_MS = 60_000;
/** Rows kept while the database is away: a day of 70 busy routes. Beyond it the oldest are dropped. */
const MAX_WAITING = 100_000;

/** What one route has done since the node began. */
export type RouteTotals = Omit<MetricIncrement, "minuteMs" | "buckets">;

/** What one stage has done since the node began. */
export type StageTotals = {
  readonly apiId: string;
  readonly stage: string;
  latencySumMs: number;
  readonly buckets: number[];
};

/** Routes and stages that Prometheus sees one by one; what comes later is added up as `other`. */
const MAX_ROUTES = 1_000;
const MAX_STAGES = 200;

/** The Metrics port: counts per minute, API, stage and route, until somebody takes and stores them. */
export class MinuteMetrics implements Metrics {
  readonly totals: MetricTotals = {
    requests: 0,
    errors4xx: 0,
    errors5xx: 0,
    cacheHits: 0,
    cacheMisses: 0,
  };
  #minuteEndMs = 0;
  /** The running minute: apiId → stage/route → counts. Two levels, so that no key is glued together per request. */
  #current = new Map<string, Map<string, Map<string, MetricIncrement>>>();
  #waiting = new WaitingRows<MetricIncrement>({
    max: MAX_WAITING,
    nameOf: (row) => `${keyOf(row)} ${row.minuteMs}`,
    add: addCounts,
  });
  #routes = new Map<string, RouteTotals>();
  #stages = new Map<string, StageTotals>();
  /** The same requests by key, those that had one. */
  readonly keys: KeyMinutes;

  constructor(private readonly clock: Clock) {
    this.keys = new KeyMinutes(clock);
  }

  get droppedRows(): number {
    return this.#waiting.dropped;
  }

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
    if (record.cacheStatus) this.#countCache(counts, record.cacheStatus);
    if (record.key) this.keys.record(record, record.key);
    if (status >= 500) {
      counts.errors5xx++;
      this.totals.errors5xx++;
    } else if (status >= 400) {
      counts.errors4xx++;
      this.totals.errors4xx++;
    }
  }

  #countCache(counts: MetricIncrement, status: "hit" | "miss"): void {
    const field = status === "hit" ? "cacheHits" : "cacheMisses";
    counts[field]++;
    this.totals[field]++;
  }

  /** Totals of routes, up to the request that came last; bounded in number. */
  routeTotals(): RouteTotals[] {
    this.#closeCurrent();
    return [...this.#routes.values()];
  }

  /** Latencies of stages, up to the request that came last; bounded in number. */
  stageTotals(): StageTotals[] {
    this.#closeCurrent();
    return [...this.#stages.values()];
  }

  /** All counts since the last call; counting goes on at nought. Give them to `restore` if storing fails. */
  take(): MetricIncrement[] {
    this.#closeCurrent();
    return this.#waiting.take();
  }

  restore(rows: readonly MetricIncrement[]): void {
    this.#waiting.restore(rows);
  }

  #countsOf({ apiId, stageName, route }: ExchangeRecord): MetricIncrement {
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
          this.#addToRoute(counts);
          this.#addToStage(counts);
          this.#waiting.put(counts);
        }
      }
    }
    this.#current = new Map();
  }

  #addToRoute(counts: MetricIncrement): void {
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
    addSums(totals, counts);
  }

  #addToStage(counts: MetricIncrement): void {
    const isTooMany = !this.#stages.has(`${counts.apiId} ${counts.stage}`) && this.#stages.size >= MAX_STAGES;
    const { apiId, stage } = isTooMany ? OTHER : counts;
    const key = `${apiId} ${stage}`;
    const totals = this.#stages.get(key);
    if (!totals) {
      this.#stages.set(key, {
        apiId,
        stage,
        latencySumMs: counts.latencySumMs,
        buckets: [...counts.buckets],
      });
      return;
    }
    totals.latencySumMs += counts.latencySumMs;
    addBuckets(totals.buckets, counts.buckets);
  }
}

function addCounts(row: MetricIncrement, more: MetricIncrement): void {
  addSums(row, more);
  addBuckets(row.buckets, more.buckets);
}

function addBuckets(buckets: number[], more: readonly number[]): void {
  for (let i = 0; i < buckets.length; i++) buckets[i] = (buckets[i] as number) + (more[i] as number);
}

function addSums(sums: Omit<RouteTotals, "apiId" | "stage" | "route">, more: typeof sums): void {
  sums.count += more.count;
  sums.errors4xx += more.errors4xx;
  sums.errors5xx += more.errors5xx;
  sums.latencySumMs += more.latencySumMs;
  sums.integrationSumMs += more.integrationSumMs;
  sums.cacheHits += more.cacheHits;
  sums.cacheMisses += more.cacheMisses;
}

const OTHER = { apiId: "other", stage: "other", route: "other" };

function keyOf({ apiId, stage, route }: Pick<MetricIncrement, "apiId" | "stage" | "route">): string {
  return `${apiId} ${stage} ${route}`;
}
