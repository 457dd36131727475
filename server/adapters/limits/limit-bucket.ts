import type { LimitName, LimitStatus } from "@/server/gateway/ports";
import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import { Gcra } from "@/server/toolkit/gcra";

/** What MemoryLimits needs of a bucket. */
export type ThrottleBucket = {
  /** Ms until a request would be admitted under these limits; 0 is now. */
  waitMs(nowMs: number, limits: Throttle): number;
  /** After `waitMs` said 0 for the same moment; a limit in shadow mode may be asked to take what is not there. */
  take(nowMs: number): void;
  isFull(nowMs: number): boolean;
  status(limit: LimitName, nowMs: number, limits: Throttle): LimitStatus;
};

/** A bucket that goes on when its limits change. */
export class LimitBucket implements ThrottleBucket {
  readonly #gcra = new Gcra();
  #limits: Throttle;

  constructor(limits: Throttle) {
    this.#limits = limits;
  }

  waitMs(nowMs: number, limits: Throttle): number {
    if (limits !== this.#limits) this.#adopt(nowMs, limits);
    return this.#gcra.waitMs(nowMs, limits.rateLimit, limits.burstLimit);
  }

  take(nowMs: number): void {
    const { rateLimit, burstLimit, shadow } = this.#limits;
    if (shadow && this.#gcra.waitMs(nowMs, rateLimit, burstLimit) > 0) return;
    this.#gcra.take(nowMs, rateLimit);
  }

  /** Takes up to `count` at once, and tells how many there were. */
  takeUpTo(nowMs: number, count: number): number {
    const { rateLimit } = this.#limits;
    const taken = Math.min(count, this.remaining(nowMs));
    if (taken > 0) this.#gcra.take(nowMs, rateLimit, taken);
    return taken;
  }

  putBack(count: number): void {
    this.#gcra.putBack(this.#limits.rateLimit, count);
  }

  keepMissing(nowMs: number, missing: number): void {
    this.#gcra.keepMissing(nowMs, this.#limits.rateLimit, missing);
  }

  remaining(nowMs: number): number {
    return this.#gcra.remaining(nowMs, this.#limits.rateLimit, this.#limits.burstLimit);
  }

  missing(nowMs: number): number {
    return this.#gcra.missing(nowMs, this.#limits.rateLimit);
  }

  isFull(nowMs: number): boolean {
    return this.#gcra.fullInMs(nowMs, this.#limits.rateLimit) === 0;
  }

  status(limit: LimitName, nowMs: number, limits: Throttle): LimitStatus {
    if (limits !== this.#limits) this.#adopt(nowMs, limits);
    const { rateLimit, burstLimit } = limits;
    return {
      limit,
      quota: burstLimit,
      windowSeconds: secondsOf((1000 * burstLimit) / rateLimit),
      remaining: this.#gcra.remaining(nowMs, rateLimit, burstLimit),
      resetSeconds: secondsOf(this.#gcra.fullInMs(nowMs, rateLimit)),
    };
  }

  #adopt(nowMs: number, limits: Throttle): void {
    const { rateLimit, burstLimit } = this.#limits;
    if (limits.rateLimit !== rateLimit || limits.burstLimit !== burstLimit) {
      this.#gcra.changeLimits(
        nowMs,
        { rate: rateLimit },
        { rate: limits.rateLimit, burst: limits.burstLimit },
      );
    }
    this.#limits = limits;
  }
}

/** What structured fields can hold; a bucket that never fills has the greatest. */
const MAX_SECONDS = 999_999_999;

export function secondsOf(ms: number): number {
  return Math.min(MAX_SECONDS, Math.ceil(ms / 1000) || 0);
}
