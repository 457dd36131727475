import type { LimitName, LimitStatus } from "@/server/gateway/ports";
import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import { Gcra } from "@/server/toolkit/gcra";
import { secondsOf, type ThrottleBucket } from "../limit-bucket";
import {
  BELIEF_MS,
  type BucketAsk,
  type BucketGrant,
  LEASE_MS,
  type LeaseReturn,
  mostAhead,
  PATIENCE_MS,
} from "./lease-protocol";

type Parcel = { needed: number; ahead: number; readonly size: number; untilMs: number; lease: number };

/** What a request waits for is there when the answer is: for whoever asked, not for long. */
const NEEDED_MS = 1;

/**
 * A worker's side of a bucket that others share: what it has leased, and what it last heard of the rest. It knows of no
 * more use than there is, so where it says empty the bucket is empty, but for what others gave back since.
 */
export class LeasedBucket implements ThrottleBucket {
  readonly #rest = new Gcra();
  #limits: Throttle;
  readonly #parcels: Parcel[] = [];
  /** The next parcel's size: it grows while parcels are used up, and shrinks to what was used of one. */
  #ahead = 1;
  #isAsking = false;
  #heardAtMs = Number.NEGATIVE_INFINITY;
  /** What `standing` found: held to until it is called again, however time goes on meanwhile. */
  #waitMs = 0;

  constructor(
    readonly id: string,
    limits: Throttle,
    private readonly giveBack: (unused: LeaseReturn) => void,
  ) {
    this.#limits = limits;
  }

  /** Where a request stands that comes now; `unknown`: the owner has to be asked. Holds until the next call. */
  standing(nowMs: number, limits: Throttle): "leased" | "empty" | "unknown" {
    if (limits !== this.#limits) this.#adopt(nowMs, limits);
    const isKnown = !this.#hasLeased(nowMs) && nowMs - this.#heardAtMs <= BELIEF_MS;
    this.#waitMs = isKnown ? this.#rest.waitMs(nowMs, limits.rateLimit, limits.burstLimit) : 0;
    if (this.#waitMs > 0) return "empty";
    return this.#parcels.length > 0 ? "leased" : "unknown";
  }

  /** The owner does not answer: whoever stands here is refused. */
  refuse(): void {
    this.#waitMs = PATIENCE_MS;
  }

  /** After `standing`. */
  waitMs(): number {
    return this.#waitMs;
  }

  take(): void {
    const parcel = this.#parcels[0];
    if (!parcel) return;
    if (parcel.needed > 0) parcel.needed--;
    else parcel.ahead--;
    if (parcel.needed + parcel.ahead > 0) return;
    this.#parcels.shift();
    this.#ahead = Math.max(this.#ahead, Math.min(2 * parcel.size, this.#most));
  }

  /** True once before the last of what was leased ahead is used. */
  get wantsMore(): boolean {
    if (this.#isAsking || this.#ahead < 4 || this.#parcels.length !== 1) return false;
    return (this.#parcels[0] as Parcel).ahead * 2 < this.#ahead;
  }

  ask(need: 0 | 1): BucketAsk {
    const { rateLimit, burstLimit, shadow } = this.#limits;
    const ahead = this.#isAsking ? 0 : Math.min(this.#ahead, this.#most);
    if (ahead > 0) this.#isAsking = true;
    return { id: this.id, rate: rateLimit, burst: burstLimit, shadow: shadow === true, need, ahead };
  }

  /** Takes the answer in; null if none came. `askedAtMs` and `nowMs` are this worker's time. */
  receive(ask: BucketAsk, grant: BucketGrant | null, times: { askedAtMs: number; nowMs: number }): void {
    if (ask.ahead > 0) this.#isAsking = false;
    if (grant === null) return;
    const { needed, ahead, missing, lease } = grant;
    const { askedAtMs, nowMs } = times;
    if (ask.rate === this.#limits.rateLimit && ask.burst === this.#limits.burstLimit)
      this.#rest.setMissing(askedAtMs, ask.rate, missing);
    this.#heardAtMs = nowMs;
    const untilMs = askedAtMs + LEASE_MS;
    const size = needed + ahead;
    if (untilMs > nowMs) {
      if (size > 0) this.#parcels.push({ needed, ahead, size, untilMs, lease });
      return;
    }
    // A late answer: what it was asked for may be used yet, the rest not.
    if (needed > 0) this.#parcels.push({ needed, ahead: 0, size, untilMs: nowMs + NEEDED_MS, lease });
    if (ahead > 0) this.giveBack({ id: this.id, lease, needed: 0, ahead });
  }

  /** Gives back what can no longer be used. True while something is leased. */
  sweep(nowMs: number): boolean {
    return this.#hasLeased(nowMs);
  }

  /** Gives back what a refused request needed, unless it is sure to be used soon. */
  release(): void {
    if (this.#most > 0) return;
    for (const parcel of this.#parcels.splice(0)) this.#return(parcel);
  }

  isFull(nowMs: number): boolean {
    return (
      !this.#isAsking && !this.#hasLeased(nowMs) && this.#rest.fullInMs(nowMs, this.#limits.rateLimit) === 0
    );
  }

  status(limit: LimitName, nowMs: number, limits: Throttle): LimitStatus {
    if (limits !== this.#limits) this.#adopt(nowMs, limits);
    const { rateLimit, burstLimit } = limits;
    let leased = 0;
    for (const { needed, ahead } of this.#parcels) leased += needed + ahead;
    return {
      limit,
      quota: burstLimit,
      windowSeconds: secondsOf((1000 * burstLimit) / rateLimit),
      remaining: Math.min(burstLimit, leased + this.#rest.remaining(nowMs, rateLimit, burstLimit)),
      resetSeconds: secondsOf(this.#rest.fullInMs(nowMs, rateLimit)),
    };
  }

  get #most(): number {
    return mostAhead(this.#limits.rateLimit, this.#limits.burstLimit);
  }

  #hasLeased(nowMs: number): boolean {
    for (let first = this.#parcels[0]; first; first = this.#parcels[0]) {
      if (nowMs <= first.untilMs) return true;
      this.#parcels.shift();
      this.#return(first);
    }
    return false;
  }

  #return({ needed, ahead, size, lease }: Parcel): void {
    const left = needed + ahead;
    this.#ahead = Math.max(1, size - left);
    this.#rest.putBack(this.#limits.rateLimit, left);
    this.giveBack({ id: this.id, lease, needed, ahead });
  }

  #adopt(nowMs: number, limits: Throttle): void {
    const { rateLimit, burstLimit } = this.#limits;
    if (limits.rateLimit !== rateLimit || limits.burstLimit !== burstLimit)
      this.#rest.changeLimits(
        nowMs,
        { rate: rateLimit },
        { rate: limits.rateLimit, burst: limits.burstLimit },
      );
    this.#limits = limits;
  }
}
