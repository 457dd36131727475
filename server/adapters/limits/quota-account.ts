import { quotaLimitIn, quotaPeriod } from "@/server/gateway/policies/quota-period";
import type { LimitStatus, PlanLimits } from "@/server/gateway/ports";
import type { Quota } from "@/server/gateway/snapshot/usage-plan";
import { secondsOf } from "./limit-bucket";
import type { QuotaAsk, QuotaGrant, QuotaReturn } from "./quota-ledger";
import type { QuotaReservations } from "./quota-reservations";

/** `unavailable`: nothing at hand, and the ledger cannot be reached. */
export type QuotaVerdict = "admitted" | "exceeded" | "unavailable";

/** What was counted in a period since it was last taken. */
export type QuotaCount = {
  startMs: number;
  /** Out of reservations. */
  spent: number;
  /** Without one. */
  extra: number;
};

/** Keeps what is reserved where it outlives the process. */
export type QuotaJournal = {
  /** Null if it cannot: then what a killed gateway held stays counted as used. */
  begin(planId: string, keyId: string, startMs: number): JournalEntry | null;
};
/** One period of one quota. All three are totals since the entry began. */
export type JournalEntry = {
  /** Reserved and not given back. */
  hold(held: number): void;
  /** At most so many of these are used: told before they are. */
  spend(spent: number): void;
  /** So many are counted as used in the database. */
  report(reported: number): void;
  end(): void;
};

const MIN_BLOCK = 8;
const MAX_BLOCK = 65_536;
/** A block is meant to last this long. */
const BLOCK_MS = 1_000;
/** A key that rests this long gives its block back. */
const IDLE_MS = 2_000;
/** How long "used up" holds: while other gateways hold parts that may come back, and when nothing can. */
const USED_UP_MS = { whileReserved: 100, otherwise: 1_000 };
/** Blocks are fetched ahead only while this many of them are left. */
const PLENTY = 16;
/** The journal is told of uses in steps of a 32nd of a block: so many at most are lost with a killed gateway. */
const JOURNAL_STEPS = 32;
const MAX_ROUNDS = 50;

/**
 * One key's quota in one plan. Strict: a request takes one from the block at hand; where there is none it waits for the
 * next. Fast, or with no ledger: counted here, the others' counts come in with `learn`.
 */
export class QuotaAccount {
  #quota: Quota | null = null;
  #joinedAtMs = 0;
  #startMs = 0;
  #endMs = 0;
  #limit = 0;
  /** Of the block at hand. */
  #left = 0;
  #waiting = 0;
  #spent = 0;
  #extra = 0;
  /** Used in the period by all gateways, as the database last said. */
  #settledUsed = 0;
  #lastBlock = MIN_BLOCK / 4;
  #spentOfBlock = 0;
  #grantedAtMs = 0;
  #free = Number.POSITIVE_INFINITY;
  #usedUpUntilMs = 0;
  #lastTakenAtMs = 0;
  #spentAtLastReturn = 0;
  #spentEver = 0;
  #entry: JournalEntry | null = null;
  /** Since the entry began: reserved and not given back, used, told to be used, counted. */
  #held = 0;
  #spentOfHeld = 0;
  #told = 0;
  #reported = 0;
  #closed: QuotaCount[] = [];
  #returns: QuotaReturn[] = [];

  constructor(
    readonly planId: string,
    readonly keyId: string,
    private readonly reservations: QuotaReservations | null,
  ) {}

  /** `nowMs` is the time of day. */
  take(quota: Quota, plan: PlanLimits, nowMs: number): QuotaVerdict | Promise<QuotaVerdict> {
    if (quota !== this.#quota || plan.joinedAtMs !== this.#joinedAtMs) this.#adopt(quota, plan.joinedAtMs);
    if (nowMs >= this.#endMs || nowMs < this.#startMs) this.#turnPeriod(quota, nowMs);
    this.#lastTakenAtMs = nowMs;
    if (this.reservations === null || quota.mode === "fast" || quota.shadow) return this.#takeCounted();
    if (this.#left > 0) {
      this.#spend();
      if (this.#left * 4 < this.#lastBlock && this.#free > PLENTY * this.#lastBlock) {
        void this.reservations.fetch(this);
      }
      return "admitted";
    }
    if (nowMs < this.#usedUpUntilMs) return "exceeded";
    return this.#await(this.reservations);
  }

  /** Counts a request that is let through without a reservation. */
  takeExtra(): void {
    this.#extra++;
  }

  /** Undoes a `take` that admitted a moment ago. */
  undo(): void {
    if (this.#spent === 0) {
      this.#extra--;
      return;
    }
    this.#spent--;
    this.#spentEver--;
    this.#spentOfHeld--;
    this.#left++;
  }

  /** What the next reservation should be. */
  ask(nowMs: number): QuotaAsk {
    const elapsedMs = Math.max(1, nowMs - this.#grantedAtMs);
    const lasting = Math.ceil((this.#spentOfBlock * BLOCK_MS) / elapsedMs);
    const size = Math.min(Math.max(lasting, MIN_BLOCK), this.#lastBlock * 4, MAX_BLOCK);
    return {
      planId: this.planId,
      keyId: this.keyId,
      startMs: this.#startMs,
      limit: this.#limit,
      wanted: Math.max(size, this.#waiting),
      waiting: this.#waiting,
    };
  }

  receive(ask: QuotaAsk, { granted, free, reserved }: QuotaGrant, nowMs: number): void {
    if (ask.startMs !== this.#startMs || ask.limit !== this.#limit) {
      if (granted > 0) this.#returns.push({ ...this.#names(), startMs: ask.startMs, count: granted });
      return;
    }
    this.#free = free;
    this.#settledUsed = this.#limit - free - reserved;
    if (granted > 0) {
      this.#hold(granted);
      this.#lastBlock = granted;
      this.#spentOfBlock = 0;
      this.#grantedAtMs = nowMs;
      return;
    }
    const holdsMs = reserved > this.#left + this.#spent ? USED_UP_MS.whileReserved : USED_UP_MS.otherwise;
    this.#usedUpUntilMs = nowMs + holdsMs;
  }

  /** Takes in what all gateways used in a period, as the database has it. */
  learn(period: { startMs: number; used: number }): void {
    if (period.startMs < this.#startMs) return;
    if (period.startMs > this.#startMs) {
      this.#close();
      this.#startMs = period.startMs;
      this.#endMs = 0;
    }
    this.#settledUsed = period.used;
  }

  /** The counter was set from outside: what was reserved before goes back, and the ledger is asked anew. */
  recheck(): void {
    this.#release(this.#left);
    this.#usedUpUntilMs = 0;
  }

  /** Counts since the last call. */
  takeCounts(): QuotaCount[] {
    const counts = this.#closed;
    this.#closed = [];
    if (this.#spent > 0 || this.#extra !== 0) {
      counts.push({ startMs: this.#startMs, spent: this.#spent, extra: this.#extra });
      this.#settledUsed += this.#extra;
      this.#report();
      this.#spent = 0;
      this.#extra = 0;
    }
    return counts;
  }

  /** What is at hand and will not be used soon; all of it at the end. To be called about once a second. */
  takeReturns(nowMs: number, isLast: boolean): QuotaReturn[] {
    const recent = this.#spentEver - this.#spentAtLastReturn;
    this.#spentAtLastReturn = this.#spentEver;
    if (nowMs >= this.#endMs && this.#endMs > 0) this.#release(this.#left);
    const isIdle = nowMs - this.#lastTakenAtMs >= IDLE_MS && this.#waiting === 0;
    // When little is left for all, nothing is kept that was not needed in the last second.
    const needed = this.#free < PLENTY * this.#left ? recent : 2 * Math.max(recent, MIN_BLOCK);
    this.#release(this.#left - (isLast || isIdle ? 0 : needed));
    if (this.#left === 0 && this.#held === this.#reported) this.#endEntry();
    const returns = this.#returns;
    this.#returns = [];
    return returns;
  }

  /** True if nothing here is missing anywhere else. */
  isForgettable(nowMs: number): boolean {
    const isBusy = this.#left > 0 || this.#waiting > 0 || this.#spent > 0 || this.#extra !== 0;
    const isCounted = this.#quota?.mode === "fast" || this.#quota?.shadow || this.reservations === null;
    return (
      !isBusy &&
      this.#closed.length === 0 &&
      this.#returns.length === 0 &&
      (!isCounted || nowMs >= this.#endMs)
    );
  }

  status(quota: Quota, plan: PlanLimits, nowMs: number): LimitStatus {
    if (quota !== this.#quota || plan.joinedAtMs !== this.#joinedAtMs) this.#adopt(quota, plan.joinedAtMs);
    if (nowMs >= this.#endMs || nowMs < this.#startMs) this.#turnPeriod(quota, nowMs);
    const isReserved = Number.isFinite(this.#free) && this.reservations !== null && quota.mode !== "fast";
    const left = isReserved ? this.#free + this.#left : this.#limit - this.#settledUsed - this.#extra;
    return {
      limit: "quota",
      quota: this.#limit,
      windowSeconds: secondsOf(this.#endMs - this.#startMs),
      remaining: Math.max(0, left),
      resetSeconds: secondsOf(this.#endMs - nowMs),
    };
  }

  /** Ms until the next period. */
  resetInMs(nowMs: number): number {
    return Math.max(0, this.#endMs - nowMs);
  }

  async #await(reservations: QuotaReservations): Promise<QuotaVerdict> {
    this.#waiting++;
    try {
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const answeredAtMs = await reservations.fetch(this);
        if (this.#left > 0) {
          this.#spend();
          return "admitted";
        }
        if (answeredAtMs === null) return "unavailable";
        if (answeredAtMs < this.#usedUpUntilMs) return "exceeded";
      }
      return "unavailable";
    } finally {
      this.#waiting--;
    }
  }

  #takeCounted(): QuotaVerdict {
    if (this.#settledUsed + this.#spent + this.#extra >= this.#limit) return "exceeded";
    this.#extra++;
    return "admitted";
  }

  #spend(): void {
    this.#left--;
    this.#spent++;
    this.#spentEver++;
    this.#spentOfBlock++;
    if (++this.#spentOfHeld > this.#told) {
      this.#told = this.#spentOfHeld - 1 + Math.ceil(this.#lastBlock / JOURNAL_STEPS);
      this.#entry?.spend(this.#told);
    }
  }

  #hold(granted: number): void {
    this.#left += granted;
    this.#held += granted;
    this.#entry ??= this.reservations?.journal?.begin(this.planId, this.keyId, this.#startMs) ?? null;
    this.#entry?.hold(this.#held);
  }

  #report(): void {
    this.#reported += this.#spent;
    this.#entry?.report(this.#reported);
  }

  #endEntry(): void {
    this.#entry?.end();
    this.#entry = null;
    this.#held = 0;
    this.#spentOfHeld = 0;
    this.#told = 0;
    this.#reported = 0;
  }

  #adopt(quota: Quota, joinedAtMs: number): void {
    const before = this.#quota;
    this.#quota = quota;
    this.#joinedAtMs = joinedAtMs;
    if (before?.period !== quota.period) {
      this.#endMs = 0;
      return;
    }
    if (before.mode !== quota.mode || before.shadow !== quota.shadow) this.#release(this.#left);
    this.#setLimit(quotaLimitIn(quota, this.#startMs, joinedAtMs));
  }

  /** What was reserved under another limit goes back: the new one may be lower. */
  #setLimit(limit: number): void {
    if (limit === this.#limit) return;
    this.#limit = limit;
    this.recheck();
  }

  #turnPeriod(quota: Quota, nowMs: number): void {
    const { startMs, endMs } = quotaPeriod(quota.period, nowMs);
    if (startMs !== this.#startMs) {
      this.#close();
      this.#settledUsed = 0;
    }
    this.#startMs = startMs;
    this.#endMs = endMs;
    this.#setLimit(quotaLimitIn(quota, startMs, this.#joinedAtMs));
  }

  #close(): void {
    this.#release(this.#left);
    if (this.#spent > 0 || this.#extra !== 0) {
      this.#closed.push({ startMs: this.#startMs, spent: this.#spent, extra: this.#extra });
    }
    this.#spent = 0;
    this.#extra = 0;
    this.#endEntry();
    this.#free = Number.POSITIVE_INFINITY;
    this.#usedUpUntilMs = 0;
  }

  #release(count: number): void {
    if (count <= 0) return;
    this.#left -= count;
    this.#free += count;
    this.#held -= count;
    // Before it is given back: what the journal says too little of is lost, what it says too much of would be given twice.
    this.#entry?.hold(this.#held);
    this.#returns.push({ ...this.#names(), startMs: this.#startMs, count });
  }

  #names() {
    return { planId: this.planId, keyId: this.keyId };
  }
}
