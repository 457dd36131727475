import type { Clock, Ids } from "@/server/gateway/ports";

export type Sampling = {
  /** Requests a second that are recorded for certain, of all stages of this process together; 0 and fractions as well. */
  readonly reservoir: number;
  /** Of the rest, 0 to 100. */
  readonly percent: number;
};

/**
 * X-Ray's default rule: so many requests a second, and a share of those beyond (developer guide, sampling rules). The
 * reservoir fills evenly, so that it never holds more than a second's worth, or one.
 */
export class TraceSampler {
  #tokens: number;
  #filledAtMs: number;
  readonly #size: number;

  constructor(
    private readonly sampling: Sampling,
    private readonly clock: Clock,
    private readonly ids: Pick<Ids, "fraction">,
  ) {
    this.#size = sampling.reservoir === 0 ? 0 : Math.max(1, sampling.reservoir);
    this.#tokens = this.#size;
    this.#filledAtMs = clock.monotonicMs();
  }

  sample(): boolean {
    const nowMs = this.clock.monotonicMs();
    const gained = ((nowMs - this.#filledAtMs) / 1000) * this.sampling.reservoir;
    this.#tokens = Math.min(this.#size, this.#tokens + gained);
    this.#filledAtMs = nowMs;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return true;
    }
    return this.ids.fraction() * 100 < this.sampling.percent;
  }
}
