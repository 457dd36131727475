/** What was leased ahead of its use is used up to so long after it was asked for, and not at all after that. */
export const LEASE_MS = 20;
/** So long it counts as neither used nor back; what comes back later is lost. */
export const RETURN_WITHIN_MS = 40;
/** A worker believes that a bucket is empty for no longer than this: others may have given something back. */
export const BELIEF_MS = 50;
/** A worker waits no longer than this for an answer, and for this long asks nothing after one that did not come. */
export const PATIENCE_MS = 1_000;

/** One bucket of a question: a request needs one of each. */
export type BucketAsk = {
  readonly id: string;
  readonly rate: number;
  readonly burst: number;
  readonly shadow: boolean;
  /** 1 for a request that waits, 0 for what is only fetched ahead. */
  readonly need: 0 | 1;
  /** Wanted beyond that, for requests to come. */
  readonly ahead: number;
};

export type BucketGrant = {
  /** Of what was needed, and of what was wanted ahead. */
  readonly needed: number;
  readonly ahead: number;
  /** What the bucket lacks to be full after that. */
  readonly missing: number;
  /** Names the grant when something of it comes back. */
  readonly lease: number;
};

export type LeaseReturn = {
  readonly id: string;
  readonly lease: number;
  readonly needed: number;
  readonly ahead: number;
};

/** Who keeps the buckets, seen from a worker. */
export type LeaseSource = {
  /** All or nothing: if a bucket that is not in shadow mode has none for a need, no bucket gives any. May reject. */
  take(asks: readonly BucketAsk[]): Promise<readonly BucketGrant[]>;
  giveBack(returns: readonly LeaseReturn[]): void;
};

/**
 * What may be leased ahead of requests: what the bucket gains in the time of a lease, and no great part of a small burst.
 * None for less than 50 requests a second: each of those is decided by who keeps the bucket.
 */
export function mostAhead(rate: number, burst: number): number {
  return Math.floor(Math.min((rate * LEASE_MS) / 1000, burst / 8));
}
