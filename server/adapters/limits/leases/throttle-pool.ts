import type { Clock } from "@/server/gateway/ports";
import type { BucketAsk, BucketGrant, LeaseReturn } from "./lease-protocol";
import { LentBucket } from "./lent-bucket";

const SWEEP_ABOVE = 10_000;

/** The buckets of all workers: the primary's. */
export class ThrottlePool {
  readonly #buckets = new Map<string, LentBucket>();
  #lease = 0;

  constructor(private readonly clock: Pick<Clock, "monotonicMs">) {}

  /** One answer for each bucket of the question, in their order. */
  take(asks: readonly BucketAsk[]): BucketGrant[] {
    const nowMs = this.clock.monotonicMs();
    let isRefused = false;
    const buckets = asks.map(({ id, rate, burst, shadow, need }) => {
      const limits = { rateLimit: rate, burstLimit: burst, shadow };
      const bucket = this.#buckets.get(id) ?? this.#create(id, nowMs);
      if (!bucket.hasOne(nowMs, limits) && need > 0 && !shadow) isRefused = true;
      return bucket;
    });
    const nothing = { need: 0, ahead: 0 } as const;
    return buckets.map((bucket, index) => {
      const ask = isRefused ? nothing : (asks[index] as BucketAsk);
      return bucket.grant(nowMs, ask, ++this.#lease);
    });
  }

  giveBack(returns: readonly LeaseReturn[]): void {
    const nowMs = this.clock.monotonicMs();
    for (const unused of returns) this.#buckets.get(unused.id)?.takeBack(nowMs, unused);
  }

  #create(id: string, nowMs: number): LentBucket {
    if (this.#buckets.size >= SWEEP_ABOVE) this.#sweep(nowMs);
    const bucket = new LentBucket({ rateLimit: 0, burstLimit: 0 });
    this.#buckets.set(id, bucket);
    return bucket;
  }

  /** Forgets full buckets: a new one would be full as well. */
  #sweep(nowMs: number): void {
    for (const [id, bucket] of this.#buckets) if (bucket.isForgettable(nowMs)) this.#buckets.delete(id);
  }
}
