/** A rate of nought has this for an interval: a bucket that never fills again, in numbers that can be reckoned with. */
const NEVER_MS = 1e15;
/** What rounding may take from a bucket is not held against a request: a thousandth of one. */
const SLACK = 0.001;

/**
 * A token bucket in one number, as the generic cell rate algorithm has it (ITU-T I.371): the moment at which the
 * bucket will be full again. It holds `burst` requests and gains `rate` a second; limits are the caller's, and so is the
 * clock, in ms that never go back. Nothing is allocated.
 *
 * Bounds, for one bucket: in any interval of T seconds at most burst + rate·T requests are admitted, and a request is
 * refused only if admitting it would break that in some interval that ends with it. So a client that keeps a steady pace
 * is admitted at least min(offered, rate·T) − 1 times in T (for a burst of 2 and more). No limiter that refuses rather
 * than delays can say so of every client: one that sends all its requests at one moment gets what the bucket holds.
 */
export class Gcra {
  #fullAtMs = Number.NEGATIVE_INFINITY;

  /** Ms until a request would be admitted: 0 now, Infinity never under these limits. Takes nothing. */
  waitMs(nowMs: number, rate: number, burst: number): number {
    if (burst < 1) return Number.POSITIVE_INFINITY;
    const intervalMs = intervalOf(rate);
    const excessMs = this.#fullAtMs - nowMs - (burst - 1) * intervalMs;
    if (excessMs <= intervalMs * SLACK) return 0;
    return intervalMs === NEVER_MS ? Number.POSITIVE_INFINITY : excessMs;
  }

  /** Takes requests out. Only after `waitMs` said 0, or `remaining` said as many, for the same moment and limits. */
  take(nowMs: number, rate: number, count = 1): void {
    const intervalMs = intervalOf(rate);
    this.#fullAtMs = (this.#fullAtMs > nowMs ? this.#fullAtMs : nowMs) + count * intervalMs;
  }

  /** Puts back what was taken and not used; what no longer fits in is lost. */
  putBack(rate: number, count: number): void {
    this.#fullAtMs -= count * intervalOf(rate);
  }

  /** Sees to it that the bucket is not fuller than this at that moment. */
  keepMissing(nowMs: number, rate: number, missing: number): void {
    const fullAtMs = nowMs + missing * intervalOf(rate);
    if (missing > 0 && fullAtMs > this.#fullAtMs) this.#fullAtMs = fullAtMs;
  }

  /** Makes this bucket as empty as another one is: `missing` requests less than full. */
  setMissing(nowMs: number, rate: number, missing: number): void {
    this.#fullAtMs = missing === 0 ? Number.NEGATIVE_INFINITY : nowMs + missing * intervalOf(rate);
  }

  /** Whole requests that would be admitted now, one after the other. */
  remaining(nowMs: number, rate: number, burst: number): number {
    const missing = this.missing(nowMs, rate);
    return Math.max(0, Math.floor(burst - missing + SLACK));
  }

  /** Ms until the bucket is full; Infinity if it never will be. */
  fullInMs(nowMs: number, rate: number): number {
    if (this.#fullAtMs <= nowMs) return 0;
    return intervalOf(rate) === NEVER_MS ? Number.POSITIVE_INFINITY : this.#fullAtMs - nowMs;
  }

  /** Goes on under other limits: what was taken stays taken, as far as the new bucket is deep. */
  changeLimits(nowMs: number, from: { rate: number }, to: { rate: number; burst: number }): void {
    this.setMissing(nowMs, to.rate, Math.min(this.missing(nowMs, from.rate), to.burst));
  }

  /** Requests, and parts of one, that it would take to fill the bucket. */
  missing(nowMs: number, rate: number): number {
    return this.#fullAtMs > nowMs ? (this.#fullAtMs - nowMs) / intervalOf(rate) : 0;
  }
}

function intervalOf(rate: number): number {
  const intervalMs = 1000 / rate;
  return intervalMs < NEVER_MS ? intervalMs : NEVER_MS;
}
