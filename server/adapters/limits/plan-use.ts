import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import type { ThrottleBucket } from "./limit-bucket";
import { QuotaAccount } from "./quota-account";
import type { QuotaCount } from "./quota-ledger";
import type { QuotaReservations } from "./quota-reservations";

/** What one key did on one plan since the last flush. */
export type UsageDelta = {
  planId: string;
  keyId: string;
  /** Counts of quotas, by period. */
  quotas: QuotaCount[];
  dayMs: number;
  used: number;
  throttled: number;
  /** Admitted although a limit in shadow mode would have refused. */
  shadowed: number;
};

/** Makes the bucket of that name. */
export type MakeBucket = (id: string, throttle: Throttle) => ThrottleBucket;

const DAY_MS = 86_400_000;

/** One key's use of one plan: its buckets, its quota, and its counts of the day. */
export class PlanUse {
  readonly quota: QuotaAccount;
  readonly #makeBucket: MakeBucket;
  #planBucket: ThrottleBucket | null = null;
  #methodBuckets: Map<string, ThrottleBucket> | null = null;
  #used = 0;
  #throttled = 0;
  #shadowed = 0;
  #dayMs: number;
  #closed: UsageDelta[] = [];
  isForgotten = false;

  constructor(
    readonly planId: string,
    readonly keyId: string,
    parts: { nowMs: number; reservations: QuotaReservations | null; makeBucket: MakeBucket },
  ) {
    const { nowMs, reservations, makeBucket } = parts;
    this.#makeBucket = makeBucket;
    this.quota = new QuotaAccount(planId, keyId, reservations);
    this.#dayMs = startOfDay(nowMs);
  }

  planBucket(throttle: Throttle): ThrottleBucket {
    this.#planBucket ??= this.#makeBucket(`plan ${this.planId}/${this.keyId}`, throttle);
    return this.#planBucket;
  }

  methodBucket(bucketKey: string, throttle: Throttle): ThrottleBucket {
    this.#methodBuckets ??= new Map();
    let bucket = this.#methodBuckets.get(bucketKey);
    if (!bucket) {
      bucket = this.#makeBucket(`plan-method ${this.planId}/${this.keyId}/${bucketKey}`, throttle);
      this.#methodBuckets.set(bucketKey, bucket);
    }
    return bucket;
  }

  countUsed(nowMs: number, isShadowed: boolean): void {
    if (nowMs >= this.#dayMs + DAY_MS) this.#turnDay(nowMs);
    this.#used++;
    if (isShadowed) this.#shadowed++;
  }

  countThrottled(nowMs: number): void {
    if (nowMs >= this.#dayMs + DAY_MS) this.#turnDay(nowMs);
    this.#throttled++;
  }

  takeDeltas(at: { step: number; isLast: boolean; nowMs: number }): UsageDelta[] {
    const deltas = this.#closed;
    this.#closed = [];
    const quotas = this.quota.takeCounts(at);
    if (quotas.length > 0 || this.#used > 0 || this.#throttled > 0) deltas.push(this.#delta(quotas));
    return deltas;
  }

  isForgettable(nowMs: number, monotonicMs: number): boolean {
    if (this.#used > 0 || this.#throttled > 0 || this.#closed.length > 0) return false;
    if (this.#planBucket && !this.#planBucket.isFull(monotonicMs)) return false;
    for (const bucket of this.#methodBuckets?.values() ?? []) if (!bucket.isFull(monotonicMs)) return false;
    return this.quota.isForgettable(nowMs);
  }

  #turnDay(nowMs: number): void {
    if (this.#used > 0 || this.#throttled > 0) this.#closed.push(this.#delta([]));
    this.#dayMs = startOfDay(nowMs);
  }

  #delta(quotas: QuotaCount[]): UsageDelta {
    const { planId, keyId } = this;
    const [used, throttled, shadowed] = [this.#used, this.#throttled, this.#shadowed];
    this.#used = 0;
    this.#throttled = 0;
    this.#shadowed = 0;
    return { planId, keyId, quotas, dayMs: this.#dayMs, used, throttled, shadowed };
  }
}

function startOfDay(nowMs: number): number {
  return nowMs - (((nowMs % DAY_MS) + DAY_MS) % DAY_MS);
}
