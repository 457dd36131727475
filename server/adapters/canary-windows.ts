import type { CanaryWindowRow } from "@/server/db/dataplane/canary-queries";
import { CANARY_WINDOW_MS } from "@/server/gateway/canary/judge-canary";
import { LATENCY_BUCKET_COUNT, latencyBucketOf } from "@/server/gateway/latency-buckets";
import type { Clock, ExchangeRecord, Metrics } from "@/server/gateway/ports";

/** Rows kept while the database is away: an hour of 14 canaries. Beyond it the oldest are dropped. */
const MAX_WAITING = 20_000;

/** Counts for judging canaries, finer than minutes; stages without one cost a comparison. Passes all records on to `all`. */
export class CanaryWindows implements Metrics {
  readonly totals = { requests: 0, errors5xx: 0 };
  #windowEndMs = 0;
  #current = new Map<string, CanaryWindowRow>();
  #waiting: CanaryWindowRow[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly all: Metrics,
  ) {}

  record(record: ExchangeRecord): void {
    this.all.record(record);
    if (record.isCanary === null) return;
    const nowMs = this.clock.nowMs();
    if (nowMs >= this.#windowEndMs) this.#turn(nowMs);
    const counts = this.#countsOf(record, record.isCanary);
    const bucket = latencyBucketOf(record.latencyMs);
    counts.count++;
    counts.buckets[bucket] = (counts.buckets[bucket] as number) + 1;
    if (record.status >= 500) counts.errors5xx++;
    else if (record.status >= 400) counts.errors4xx++;
    if (!record.isCanary) return;
    this.totals.requests++;
    if (record.status >= 500) this.totals.errors5xx++;
  }

  /** All counts since the last call. Give them to `restore` if storing fails. */
  take(): CanaryWindowRow[] {
    this.#waiting.push(...this.#current.values());
    this.#current = new Map();
    const rows = this.#waiting;
    this.#waiting = [];
    return rows;
  }

  restore(rows: readonly CanaryWindowRow[]): void {
    this.#waiting.unshift(...rows);
    this.#waiting.splice(0, Math.max(0, this.#waiting.length - MAX_WAITING));
  }

  #countsOf({ apiId, stageName, deploymentId }: ExchangeRecord, isCanary: boolean): CanaryWindowRow {
    const key = `${apiId}/${stageName}/${deploymentId}/${isCanary}`;
    let counts = this.#current.get(key);
    if (!counts) {
      counts = {
        apiId,
        stage: stageName,
        deploymentId,
        isCanary,
        startMs: this.#windowEndMs - CANARY_WINDOW_MS,
        count: 0,
        errors4xx: 0,
        errors5xx: 0,
        buckets: new Array<number>(LATENCY_BUCKET_COUNT).fill(0),
      };
      this.#current.set(key, counts);
    }
    return counts;
  }

  #turn(nowMs: number): void {
    this.#waiting.push(...this.#current.values());
    this.#current = new Map();
    this.#windowEndMs = Math.floor(nowMs / CANARY_WINDOW_MS) * CANARY_WINDOW_MS + CANARY_WINDOW_MS;
  }
}
