import type { Clock } from "@/server/gateway/ports";
import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import { type BucketAsk, LEASE_MS, type LeaseReturn, type LeaseSource, PATIENCE_MS } from "./lease-protocol";
import { LeasedBucket } from "./leased-bucket";

/** What a request is held to. */
export type Held = { readonly bucket: LeasedBucket; readonly throttle: Throttle };

/** Others may take what was leased before its turn comes. */
const MAX_ROUNDS = 5;

/** A worker's leases: sees to it that what a request needs is here before its limits are asked. */
export class ThrottleLeases {
  /** Those that may have something leased. */
  readonly #leasing = new Set<LeasedBucket>();
  #returns: LeaseReturn[] = [];
  #isSweeping = false;
  #silentUntilMs = 0;
  /** For metrics. */
  readonly totals = { questions: 0, failures: 0 };

  constructor(
    private readonly source: LeaseSource,
    private readonly clock: Pick<Clock, "monotonicMs">,
    private readonly later: (work: () => void, ms: number) => void = (work, ms) => {
      setTimeout(work, ms).unref();
    },
  ) {}

  bucket(id: string, throttle: Throttle): LeasedBucket {
    return new LeasedBucket(id, throttle, (unused) => this.#returns.push(unused));
  }

  /** Null: everything that can be known is here. Otherwise `then` runs as soon as it is, before anybody else can take it. */
  prepare<T>(held: readonly Held[], then: () => T | Promise<T>): Promise<T> | null {
    const nowMs = this.clock.monotonicMs();
    const missing = missingOf(held, nowMs);
    const isSilent = nowMs < this.#silentUntilMs;
    if (!isSilent) this.#fetchAhead(held, nowMs);
    if (missing === null) return null;
    if (!isSilent) return this.#fetch(held, missing, then);
    for (const bucket of missing) bucket.refuse();
    return null;
  }

  /** Gives back at once what a request needed that something else refused. */
  release(held: readonly Held[]): void {
    for (const { bucket } of held) bucket.release();
    this.#giveBack();
  }

  /** Once one runs low, with all that soon would: what is asked together is over together, so one question does for all. */
  #fetchAhead(held: readonly Held[], nowMs: number): void {
    for (const { bucket } of held) {
      if (!bucket.wantsMore(nowMs, "now")) continue;
      const low = held.filter((each) => each.bucket.wantsMore(nowMs, "soon"));
      void this.#ask(
        low.map((each) => each.bucket),
        0,
      );
      return;
    }
  }

  async #fetch<T>(
    held: readonly Held[],
    missing: readonly LeasedBucket[],
    then: () => T | Promise<T>,
  ): Promise<T> {
    let wanted: readonly LeasedBucket[] | null = missing;
    for (let round = 0; wanted !== null; round++) {
      const isAnswered = await this.#ask(wanted, 1);
      const still = missingOf(held, this.clock.monotonicMs());
      // While one was waited for the lease of another may have ended: what is asked together is there together.
      wanted = still && held.map(({ bucket }) => bucket);
      if (isAnswered && round < MAX_ROUNDS) continue;
      for (const bucket of still ?? []) bucket.refuse();
      break;
    }
    return then();
  }

  /** False if no answer came. */
  async #ask(buckets: readonly LeasedBucket[], need: 0 | 1): Promise<boolean> {
    const askedAtMs = this.clock.monotonicMs();
    const asks = buckets.map((bucket) => bucket.ask(need, askedAtMs));
    // First what ran out here: it may be what is wanted.
    this.#giveBack();
    this.totals.questions++;
    const grants = await this.source.take(asks).catch(() => null);
    const times = { askedAtMs, nowMs: this.clock.monotonicMs() };
    for (const [index, bucket] of buckets.entries()) {
      bucket.receive(asks[index] as BucketAsk, grants?.[index] ?? null, times);
      this.#leasing.add(bucket);
    }
    this.#sweepLater();
    if (grants !== null) return true;
    this.totals.failures++;
    this.#silentUntilMs = this.clock.monotonicMs() + PATIENCE_MS;
    return false;
  }

  #sweepLater(): void {
    if (this.#isSweeping) return;
    this.#isSweeping = true;
    this.later(() => {
      this.#isSweeping = false;
      const nowMs = this.clock.monotonicMs();
      for (const bucket of this.#leasing) if (!bucket.sweep(nowMs)) this.#leasing.delete(bucket);
      this.#giveBack();
      if (this.#leasing.size > 0) this.#sweepLater();
    }, LEASE_MS / 2);
  }

  #giveBack(): void {
    if (this.#returns.length === 0) return;
    this.source.giveBack(this.#returns);
    this.#returns = [];
  }
}

/** Null if nothing need be asked: all is leased, or a limit that refuses is known to be empty. */
function missingOf(held: readonly Held[], nowMs: number): LeasedBucket[] | null {
  let missing: LeasedBucket[] | null = null;
  let isRefused = false;
  for (const { bucket, throttle } of held) {
    const standing = bucket.standing(nowMs, throttle);
    if (standing === "empty" && !throttle.shadow) isRefused = true;
    if (standing !== "unknown") continue;
    if (missing) missing.push(bucket);
    else missing = [bucket];
  }
  return isRefused ? null : missing;
}
