/**
 * A token bucket: holds at most `burst` tokens, gains `rate` tokens a second, a request takes one.
 * In any interval of T seconds it admits at most burst + rate·T requests. It keeps no clock: the caller
 * passes a time in ms that never goes back. Limits may change from call to call (a plan was edited).
 */
export class TokenBucket {
  #tokens: number;
  #atMs: number;

  constructor(burst: number, nowMs: number) {
    this.#tokens = burst;
    this.#atMs = nowMs;
  }

  /** Takes a token if there is one. `rate` is in tokens per second. */
  take(nowMs: number, rate: number, burst: number): boolean {
    this.#refill(nowMs, rate, burst);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Gives back a token that was taken for a request another limit refused. */
  giveBack(burst: number): void {
    this.#tokens = Math.min(burst, this.#tokens + 1);
  }

  /** True if nothing would be lost by forgetting this bucket: it is full again. */
  isFull(nowMs: number, rate: number, burst: number): boolean {
    this.#refill(nowMs, rate, burst);
    return this.#tokens >= burst;
  }

  #refill(nowMs: number, rate: number, burst: number): void {
    if (nowMs > this.#atMs) {
      this.#tokens += ((nowMs - this.#atMs) * rate) / 1000;
      this.#atMs = nowMs;
    }
    if (this.#tokens > burst) this.#tokens = burst;
  }
}
