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

type Parcel = { needed: number; ahead: number; readonly untilMs: number; readonly lease: number };

/** What a request waits for is there when the answer is: for whoever asked, not for long. */
const NEEDED_MS = 1;
/** Who needs less than this in the time of a lease does not fetch ahead of need. */
const MIN_LASTING = 4;
/** Requests do not come evenly. */
const SPARE = 1.25;

/**
 * A worker's side of a bucket that others share: what it has leased, and what it last heard of the rest. It knows of no
 * more use than there is, so where it says empty the bucket is empty, but for what others gave back since.
 */
export class LeasedBucket implements ThrottleBucket {
  readonly #rest = new Gcra();
  #limits: Throttle;
  readonly #parcels: Parcel[] = [];
  /** Requests per ms, as they came of late: up at once, down by halves. */
  #pace = 0;
  #usedSinceAsk = 0;
  #askedAtMs = Number.NEGATIVE_INFINITY;
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
    this.#usedSinceAsk++;
    if (parcel.needed + parcel.ahead === 0) this.#parcels.shift();
  }

  /** True while more should be fetched before what was leased ahead is used, or its time is over. */
  wantsMore(nowMs: number, when: "now" | "soon"): boolean {
    const lasting = this.#pace * LEASE_MS;
    if (this.#isAsking || lasting < MIN_LASTING) return false;
    const last = this.#parcels.at(-1);
    const part = when === "now" ? 1 / 4 : 1 / 2;
    return !last || last.untilMs - nowMs < LEASE_MS * part || this.#leased < lasting * (part + 1 / 4);
  }

  ask(need: 0 | 1, nowMs: number): BucketAsk {
    const { rateLimit, burstLimit, shadow } = this.#limits;
    const ahead = this.#isAsking ? 0 : this.#wanted(nowMs);
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
    if (untilMs > nowMs) {
      if (needed + ahead > 0) this.#parcels.push({ needed, ahead, untilMs, lease });
      return;
    }
    // A late answer: what it was asked for may be used yet, the rest not.
    if (needed > 0) this.#parcels.push({ needed, ahead: 0, untilMs: nowMs + NEEDED_MS, lease });
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
    return {
      limit,
      quota: burstLimit,
      windowSeconds: secondsOf((1000 * burstLimit) / rateLimit),
      remaining: Math.min(burstLimit, this.#leased + this.#rest.remaining(nowMs, rateLimit, burstLimit)),
      resetSeconds: secondsOf(this.#rest.fullInMs(nowMs, rateLimit)),
    };
  }

  get #leased(): number {
    let leased = 0;
    for (const { needed, ahead } of this.#parcels) leased += needed + ahead;
    return leased;
  }

  /** What the time of a lease will want beyond what is here. */
  #wanted(nowMs: number): number {
    const elapsedMs = Math.max(nowMs - this.#askedAtMs, LEASE_MS / 4);
    const pace = this.#usedSinceAsk / elapsedMs;
    this.#pace = pace > this.#pace ? pace : (pace + this.#pace) / 2;
    this.#usedSinceAsk = 0;
    this.#askedAtMs = nowMs;
    const lastMs = this.#parcels.at(-1)?.untilMs ?? 0;
    const used = Math.min(this.#leased, this.#pace * Math.max(0, lastMs - nowMs));
    return Math.min(this.#most, Math.max(1, Math.ceil(this.#pace * LEASE_MS * SPARE - used)));
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

  #return({ needed, ahead, lease }: Parcel): void {
    this.#rest.putBack(this.#limits.rateLimit, needed + ahead);
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
