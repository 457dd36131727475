import { quotaLimitIn, quotaPeriod } from "@/server/gateway/policies/quota-period";
import type { LimitStatus, PlanLimits } from "@/server/gateway/ports";
import type { Quota } from "@/server/gateway/snapshot/usage-plan";
import { secondsOf } from "./limit-bucket";
import { QuotaHolding } from "./quota-holding";
import type { QuotaAsk, QuotaCount, QuotaGrant } from "./quota-ledger";
import type { QuotaReservations } from "./quota-reservations";

/** `unavailable`: nothing at hand, and the ledger cannot be reached. */
export type QuotaVerdict = "admitted" | "exceeded" | "unavailable";

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
const MAX_ROUNDS = 50;

/**
 * One key's quota in one plan. Strict: a request takes one from the block at hand; where there is none it waits for the
 * next. Fast, or with no ledger: counted here, the others' counts come in with `learn`.
 */
export class QuotaAccount {
  #quota: Quota | null = null;
  #joinedAtMs = 0;
  #holding: QuotaHolding;
  /** Of periods that are over: what is not settled yet. */
  #closing: QuotaHolding[] = [];
  #endMs = 0;
  #limit = 0;
  #waiting = 0;
  /** Used in the period by all gateways, as the database last said. */
  #settledUsed = 0;
  #lastBlock = MIN_BLOCK / 4;
  #grantedAtMs = 0;
  #free = Number.POSITIVE_INFINITY;
  #usedUpUntilMs = 0;
  #lastTakenAtMs = 0;
  #spentEver = 0;
  #spentAtGrant = 0;
  #spentAtLastCount = 0;

  constructor(
    readonly planId: string,
    readonly keyId: string,
    private readonly reservations: QuotaReservations | null,
  ) {
    this.#holding = this.#newHolding(0);
  }

  /** `nowMs` is the time of day. */
  take(quota: Quota, plan: PlanLimits, nowMs: number): QuotaVerdict | Promise<QuotaVerdict> {
    if (quota !== this.#quota || plan.joinedAtMs !== this.#joinedAtMs) this.#adopt(quota, plan.joinedAtMs);
    if (nowMs >= this.#endMs || nowMs < this.#holding.startMs) this.#turnPeriod(quota, nowMs);
    this.#lastTakenAtMs = nowMs;
    if (this.reservations === null || quota.mode === "fast" || quota.shadow) return this.#takeCounted();
    if (this.#holding.left > 0) {
      this.#spend();
      if (this.#holding.left * 4 < this.#lastBlock && this.#free > PLENTY * this.#lastBlock) {
        void this.reservations.fetch(this);
      }
      return "admitted";
    }
    if (nowMs < this.#usedUpUntilMs) return "exceeded";
    return this.#await(this.reservations);
  }

  /** Counts a request that is let through without a reservation. */
  takeExtra(): void {
    this.#holding.extra++;
  }

  /** Undoes a `take` that admitted a moment ago. */
  undo(): void {
    if (this.#holding.uncounted > 0) this.#spentEver--;
    this.#holding.undo();
  }

  /** What the next reservation should be. */
  ask(nowMs: number): QuotaAsk {
    const elapsedMs = Math.max(1, nowMs - this.#grantedAtMs);
    const lasting = Math.ceil(((this.#spentEver - this.#spentAtGrant) * BLOCK_MS) / elapsedMs);
    const size = Math.min(Math.max(lasting, MIN_BLOCK), this.#lastBlock * 4, MAX_BLOCK);
    return {
      planId: this.planId,
      keyId: this.keyId,
      startMs: this.#holding.startMs,
      limit: this.#limit,
      wanted: Math.max(size, this.#waiting),
      waiting: this.#waiting,
    };
  }

  /** `step`: of the question. What was asked for under another limit or in another period goes back. */
  receive(ask: QuotaAsk, { granted, free, reserved }: QuotaGrant, at: { step: number; nowMs: number }): void {
    if (ask.startMs !== this.#holding.startMs || ask.limit !== this.#limit) {
      this.receiveLate(ask.startMs, granted, at.step);
      return;
    }
    this.#free = free;
    this.#settledUsed = this.#limit - free - reserved;
    if (granted > 0) {
      this.#holding.hold(granted, at.step);
      this.#lastBlock = granted;
      this.#spentAtGrant = this.#spentEver;
      this.#grantedAtMs = at.nowMs;
      return;
    }
    const { left, uncounted } = this.#holding;
    const holdsMs = reserved > left + uncounted ? USED_UP_MS.whileReserved : USED_UP_MS.otherwise;
    this.#usedUpUntilMs = at.nowMs + holdsMs;
  }

  /** Nobody waits for it any more: it goes back. */
  receiveLate(startMs: number, granted: number, step: number): void {
    if (granted === 0) return;
    const isCurrent = startMs === this.#holding.startMs;
    const holding = isCurrent ? this.#holding : this.#takeClosing(startMs);
    holding.hold(granted, step);
    holding.release(granted);
    if (!isCurrent) this.#closing.push(holding);
  }

  /** Takes in what all gateways used in a period, as the database has it. */
  learn(period: { startMs: number; used: number }): void {
    if (period.startMs < this.#holding.startMs) return;
    if (period.startMs > this.#holding.startMs) {
      this.#turnTo(period.startMs);
      this.#endMs = 0;
    }
    this.#settledUsed = period.used;
  }

  /** The counter was set from outside: what was reserved before goes back, and the ledger is asked anew. */
  recheck(): void {
    this.#releaseAll();
    this.#usedUpUntilMs = 0;
  }

  /**
   * What is new since the last call, whose step has been applied; with it goes back what will not be used soon, and at
   * the end all. To be called about once a second.
   */
  takeCounts({ step, isLast, nowMs }: { step: number; isLast: boolean; nowMs: number }): QuotaCount[] {
    this.#releaseUnneeded(nowMs, isLast);
    this.#settledUsed += this.#holding.extra;
    const counts: QuotaCount[] = [];
    for (const holding of [...this.#closing, this.#holding]) {
      const count = holding.settle(step);
      if (count) counts.push(count);
    }
    this.#closing = this.#closing.filter((holding) => !holding.isEmpty);
    return counts;
  }

  /** True if the database knows of everything once the step under way is applied. */
  get isSettled(): boolean {
    return this.#holding.isSettled && this.#closing.every((holding) => holding.isSettled);
  }

  /** Another process has settled what this one held, what was used included. */
  forfeit(): void {
    const { startMs, extra } = this.#holding;
    this.#closing = [];
    this.#holding = this.#newHolding(startMs);
    this.#holding.extra = extra;
    this.#usedUpUntilMs = 0;
  }

  /** True if nothing here is missing anywhere else. */
  isForgettable(nowMs: number): boolean {
    const isBusy = this.#waiting > 0 || !this.#holding.isEmpty || this.#closing.length > 0;
    const isCounted = this.#quota?.mode === "fast" || this.#quota?.shadow || this.reservations === null;
    return !isBusy && !this.reservations?.owes(this) && (!isCounted || nowMs >= this.#endMs);
  }

  status(quota: Quota, plan: PlanLimits, nowMs: number): LimitStatus {
    if (quota !== this.#quota || plan.joinedAtMs !== this.#joinedAtMs) this.#adopt(quota, plan.joinedAtMs);
    if (nowMs >= this.#endMs || nowMs < this.#holding.startMs) this.#turnPeriod(quota, nowMs);
    const isReserved = Number.isFinite(this.#free) && this.reservations !== null && quota.mode !== "fast";
    const { left: atHand, extra } = this.#holding;
    const left = isReserved ? this.#free + atHand : this.#limit - this.#settledUsed - extra;
    return {
      limit: "quota",
      quota: this.#limit,
      windowSeconds: secondsOf(this.#endMs - this.#holding.startMs),
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
        if (this.#holding.left > 0) {
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
    const { uncounted, extra } = this.#holding;
    if (this.#settledUsed + uncounted + extra >= this.#limit) return "exceeded";
    this.#holding.extra++;
    return "admitted";
  }

  #spend(): void {
    this.#spentEver++;
    this.#holding.spend(this.#lastBlock);
  }

  #adopt(quota: Quota, joinedAtMs: number): void {
    const before = this.#quota;
    this.#quota = quota;
    this.#joinedAtMs = joinedAtMs;
    if (before?.period !== quota.period) {
      this.#endMs = 0;
      return;
    }
    if (before.mode !== quota.mode || before.shadow !== quota.shadow) this.#releaseAll();
    this.#setLimit(quotaLimitIn(quota, this.#holding.startMs, joinedAtMs));
  }

  /** What was reserved under another limit goes back: the new one may be lower. */
  #setLimit(limit: number): void {
    if (limit === this.#limit) return;
    this.#limit = limit;
    this.recheck();
  }

  #turnPeriod(quota: Quota, nowMs: number): void {
    const { startMs, endMs } = quotaPeriod(quota.period, nowMs);
    if (startMs !== this.#holding.startMs) {
      this.#turnTo(startMs);
      this.#settledUsed = 0;
    }
    this.#endMs = endMs;
    this.#setLimit(quotaLimitIn(quota, startMs, this.#joinedAtMs));
  }

  #turnTo(startMs: number): void {
    this.#releaseAll();
    if (!this.#holding.isEmpty) this.#closing.push(this.#holding);
    this.#holding = this.#takeClosing(startMs);
    this.#free = Number.POSITIVE_INFINITY;
    this.#usedUpUntilMs = 0;
  }

  /** A period has one holding, also when the clock goes back to it. */
  #takeClosing(startMs: number): QuotaHolding {
    const known = this.#closing.find((holding) => holding.startMs === startMs);
    this.#closing = this.#closing.filter((holding) => holding !== known);
    return known ?? this.#newHolding(startMs);
  }

  #newHolding(startMs: number): QuotaHolding {
    const begin = () => this.reservations?.journal?.begin(this.planId, this.keyId, startMs) ?? null;
    return new QuotaHolding(startMs, begin);
  }

  #releaseUnneeded(nowMs: number, isLast: boolean): void {
    const { left } = this.#holding;
    const recent = this.#spentEver - this.#spentAtLastCount;
    this.#spentAtLastCount = this.#spentEver;
    const isOver = nowMs >= this.#endMs && this.#endMs > 0;
    const isIdle = nowMs - this.#lastTakenAtMs >= IDLE_MS && this.#waiting === 0;
    // When little is left for all, nothing is kept that was not needed in the last second.
    const needed = this.#free < PLENTY * left ? recent : 2 * Math.max(recent, MIN_BLOCK);
    this.#release(left - (isLast || isOver || isIdle ? 0 : needed));
  }

  #releaseAll(): void {
    this.#release(this.#holding.left);
  }

  #release(count: number): void {
    if (count <= 0) return;
    this.#holding.release(count);
    this.#free += count;
  }
}
