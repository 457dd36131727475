import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import { LimitBucket } from "../limit-bucket";
import { type BucketAsk, type BucketGrant, type LeaseReturn, RETURN_WITHIN_MS } from "./lease-protocol";

/** All that is leased ahead is at most so much of the burst, and of what is left: near its end a bucket gives what waits. */
const AHEAD_SHARE = 4;

type Lease = { readonly lease: number; readonly atMs: number; ahead: number };

/**
 * A bucket that workers lease from. What is leased ahead stays in it as long as it may still be used: the bucket does not
 * fill over it. So all workers together admit at most burst + rate · T requests in any interval of T seconds, a request
 * that waits for its token counting at the moment it is given.
 */
export class LentBucket {
  readonly #bucket: LimitBucket;
  /** What a thing was given for may be over; kept to know what comes back. Oldest first. */
  readonly #leases: Lease[] = [];
  #ahead = 0;
  #rate: number;
  #burst: number;

  constructor(limits: Throttle) {
    this.#bucket = new LimitBucket(limits);
    this.#rate = limits.rateLimit;
    this.#burst = limits.burstLimit;
  }

  /** Takes the limits in, and says whether a request can have one. */
  hasOne(nowMs: number, limits: Throttle): boolean {
    this.#advance(nowMs);
    this.#rate = limits.rateLimit;
    this.#burst = limits.burstLimit;
    return this.#bucket.waitMs(nowMs, limits) === 0;
  }

  /** After `hasOne` for the same moment. */
  grant(nowMs: number, { need, ahead }: Pick<BucketAsk, "need" | "ahead">, lease: number): BucketGrant {
    const bucket = this.#bucket;
    const needed = bucket.takeUpTo(nowMs, need);
    const most = Math.min(
      ahead,
      Math.floor(bucket.remaining(nowMs) / AHEAD_SHARE),
      Math.floor(this.#burst / AHEAD_SHARE) - this.#ahead,
    );
    const leased = most > 0 ? bucket.takeUpTo(nowMs, most) : 0;
    this.#ahead += leased;
    if (needed + leased > 0) this.#leases.push({ lease, atMs: nowMs, ahead: leased });
    return { needed, ahead: leased, missing: bucket.missing(nowMs), lease };
  }

  takeBack(nowMs: number, { lease, needed, ahead }: LeaseReturn): void {
    this.#advance(nowMs);
    const index = this.#leases.findIndex((known) => known.lease === lease);
    const known = this.#leases[index];
    if (!known) return;
    this.#leases.splice(index, 1);
    this.#ahead -= known.ahead;
    // Meanwhile the bucket has filled over what was needed: that much of it is there already.
    const filled = (this.#rate * (nowMs - known.atMs)) / 1000;
    this.#bucket.putBack(Math.min(ahead, known.ahead) + Math.max(0, needed - filled));
  }

  isForgettable(nowMs: number): boolean {
    this.#advance(nowMs);
    return this.#leases.length === 0 && this.#bucket.isFull(nowMs);
  }

  /** Lets time pass: leases end one by one, and until then nothing fills over them. */
  #advance(nowMs: number): void {
    for (let first = this.#leases[0]; first; first = this.#leases[0]) {
      const endMs = first.atMs + RETURN_WITHIN_MS;
      if (endMs > nowMs) break;
      this.#bucket.keepMissing(endMs, this.#ahead);
      this.#ahead -= first.ahead;
      this.#leases.shift();
    }
    this.#bucket.keepMissing(nowMs, this.#ahead);
  }
}
