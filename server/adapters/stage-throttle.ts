import { ACCOUNT_THROTTLE } from "@/server/gateway/limits";
import type { Clock, StageThrottle } from "@/server/gateway/ports";
import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import { TokenBucket } from "@/server/toolkit/token-bucket";

const SWEEP_ABOVE = 10_000;

/** The StageThrottle port in memory: one bucket per method and one for the account. They outlive deployments. */
export class MemoryStageThrottle implements StageThrottle {
  readonly #buckets = new Map<string, { bucket: TokenBucket; limits: Throttle }>();
  readonly #account: TokenBucket;

  constructor(
    private readonly clock: Clock,
    private readonly accountLimits: Throttle = ACCOUNT_THROTTLE,
  ) {
    this.#account = new TokenBucket(accountLimits.burstLimit, clock.monotonicMs());
  }

  admit(bucketKey: string, limits: Throttle | null): boolean {
    const nowMs = this.clock.monotonicMs();
    if (
      limits &&
      !this.#bucketFor(bucketKey, limits, nowMs).take(nowMs, limits.rateLimit, limits.burstLimit)
    ) {
      return false;
    }
    return this.#account.take(nowMs, this.accountLimits.rateLimit, this.accountLimits.burstLimit);
  }

  #bucketFor(key: string, limits: Throttle, nowMs: number): TokenBucket {
    const known = this.#buckets.get(key);
    if (known) {
      known.limits = limits;
      return known.bucket;
    }
    if (this.#buckets.size >= SWEEP_ABOVE) this.#sweep(nowMs);
    const bucket = new TokenBucket(limits.burstLimit, nowMs);
    this.#buckets.set(key, { bucket, limits });
    return bucket;
  }

  /** Forgets full buckets: a new one would be full as well. */
  #sweep(nowMs: number): void {
    for (const [key, { bucket, limits }] of this.#buckets) {
      if (bucket.isFull(nowMs, limits.rateLimit, limits.burstLimit)) this.#buckets.delete(key);
    }
  }
}
