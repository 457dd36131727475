import { ACCOUNT_THROTTLE } from "@/server/gateway/limits";
import type {
  Clock,
  KnownKey,
  LimitedRoute,
  LimitName,
  LimitNotes,
  LimitRefusal,
  LimitStatus,
  Limits,
} from "@/server/gateway/ports";
import type { Quota, Throttle } from "@/server/gateway/snapshot/usage-plan";
import type { LeasedBucket } from "./leases/leased-bucket";
import type { Held, ThrottleLeases } from "./leases/throttle-leases";
import { LimitBucket, type ThrottleBucket } from "./limit-bucket";
import { LimitCounts } from "./limit-counts";
import { type MakeBucket, PlanUse, type UsageDelta } from "./plan-use";
import type { QuotaVerdict } from "./quota-account";
import type { QuotaJournal } from "./quota-holding";
import type { QuotaLedger } from "./quota-ledger";
import { QuotaReservations } from "./quota-reservations";

const SWEEP_ABOVE = 10_000;
const RETRY_UNAVAILABLE_MS = 1_000;

export type LimitOptions = {
  accountThrottle?: Throttle;
  /** Absent: this gateway is alone, and its own counts are exact. */
  ledger?: QuotaLedger;
  journal?: QuotaJournal;
  /** What a strict quota does with no reservation at hand while the ledger is away. */
  withoutLedger?: "refuse" | "admit";
  /** Absent: the buckets are this process's own. */
  leases?: ThrottleLeases;
};

/**
 * The Limits port in memory: buckets and quotas that outlive deployments and changes of plans. Buckets are this
 * gateway's own, of all its workers if there are leases; quotas are shared through the ledger.
 */
export class MemoryLimits implements Limits {
  readonly counts = new LimitCounts();
  readonly reservations: QuotaReservations | null;
  readonly leases: ThrottleLeases | null;
  readonly #uses = new Map<string, PlanUse>();
  readonly #byKey = new WeakMap<KnownKey, PlanUse>();
  readonly #buckets = new Map<string, ThrottleBucket>();
  readonly #accountThrottle: Throttle;
  readonly #accountBucket: ThrottleBucket;
  readonly #makeBucket: MakeBucket;

  constructor(
    private readonly clock: Clock,
    private readonly options: LimitOptions = {},
  ) {
    this.#accountThrottle = options.accountThrottle ?? ACCOUNT_THROTTLE;
    const { leases } = options;
    this.leases = leases ?? null;
    this.#makeBucket = leases
      ? (id, throttle) => leases.bucket(id, throttle)
      : (_id, throttle) => new LimitBucket(throttle);
    this.#accountBucket = this.#makeBucket("account", this.#accountThrottle);
    this.reservations = options.ledger ? new QuotaReservations(options.ledger, clock, options.journal) : null;
  }

  admit(
    route: LimitedRoute,
    key: KnownKey | null,
    notes: LimitNotes,
  ): LimitRefusal | null | Promise<LimitRefusal | null> {
    const { leases } = this;
    const leasing = leases?.prepare(this.#heldOf(route, key), () => this.#admit(route, key, notes));
    return leasing ?? this.#admit(route, key, notes);
  }

  #admit(
    route: LimitedRoute,
    key: KnownKey | null,
    notes: LimitNotes,
  ): LimitRefusal | null | Promise<LimitRefusal | null> {
    const refusal = this.#throttled(route, key, notes);
    if (refusal) return refusal;
    const quota = key?.plan.quota;
    if (!key || !quota) {
      this.#take(route, key, notes);
      return null;
    }
    const verdict = this.#ofKey(key).quota.take(quota, key.plan, this.clock.nowMs());
    if (verdict instanceof Promise)
      return verdict.then((late) => this.#afterWaiting(late, { route, key, quota, notes }));
    return this.#afterQuota(verdict, { route, key, quota, notes });
  }

  status(route: LimitedRoute, key: KnownKey | null): LimitStatus[] {
    const nowMs = this.clock.monotonicMs();
    const list: LimitStatus[] = [];
    const add = (
      name: LimitName,
      throttle: Throttle | null | undefined,
      bucket: (throttle: Throttle) => ThrottleBucket,
    ) => {
      if (throttle && !throttle.shadow) list.push(bucket(throttle).status(name, nowMs, throttle));
    };
    if (key) {
      const { plan } = key;
      const use = this.#ofKey(key);
      add("plan-method", plan.methodThrottles[route.methodKey], (t) => use.methodBucket(route.bucketKey, t));
      add("plan", plan.throttle, (t) => use.planBucket(t));
      if (plan.quota && !plan.quota.shadow) list.push(use.quota.status(plan.quota, plan, this.clock.nowMs()));
    }
    add("method", route.throttle, (t) => this.#bucketOf(route.bucketKey, t));
    return list;
  }

  /**
   * What was counted and goes back since the last call, under a number that goes up: reservations that are too many, or
   * all of them at the end. Not to be called before the step before is known to be stored.
   */
  takeDeltas(step: number, isLast = false): UsageDelta[] {
    const at = { step, isLast, nowMs: this.clock.nowMs() };
    const deltas = [...this.#uses.values()].flatMap((use) => use.takeDeltas(at));
    if (this.#uses.size > SWEEP_ABOVE) this.#sweepUses();
    return deltas;
  }

  /** True if the database knows of all that this process has reserved, once the step under way is stored. */
  get isSettled(): boolean {
    const { reservations } = this;
    return reservations?.isSettled !== false && [...this.#uses.values()].every((use) => use.quota.isSettled);
  }

  /** Another process took this one for dead and settled what it held. Begins anew with nothing. */
  forfeit(): void {
    for (const use of this.#uses.values()) use.quota.forfeit();
    if (this.reservations) this.reservations.isRunClosed = false;
  }

  /** Takes in what all gateways used in a period. */
  learn(planId: string, keyId: string, period: { startMs: number; used: number }): void {
    this.#ofNames(planId, keyId).quota.learn(period);
  }

  /** The same, after somebody set the counter. */
  settle(planId: string, keyId: string, period: { startMs: number; used: number }): void {
    const { quota } = this.#ofNames(planId, keyId);
    quota.learn(period);
    quota.recheck();
  }

  /** The first throttle that has nothing left; those in shadow mode are only noted. */
  #throttled(route: LimitedRoute, key: KnownKey | null, notes: LimitNotes | null): LimitRefusal | null {
    const nowMs = this.clock.monotonicMs();
    if (key) {
      const { plan } = key;
      const use = this.#ofKey(key);
      const own = plan.methodThrottles[route.methodKey];
      if (own) {
        const waitMs = use.methodBucket(route.bucketKey, own).waitMs(nowMs, own);
        if (waitMs > 0) {
          const refusal = throttledBy(
            "plan-method",
            own,
            waitMs,
            `key ${key.id} in plan ${plan.planId} on ${route.bucketKey}`,
          );
          if (!own.shadow) return this.#countThrottled(refusal, use);
          if (notes) this.#noteShadow(refusal, notes);
        }
      }
      if (plan.throttle) {
        const waitMs = use.planBucket(plan.throttle).waitMs(nowMs, plan.throttle);
        if (waitMs > 0) {
          const refusal = throttledBy("plan", plan.throttle, waitMs, `key ${key.id} in plan ${plan.planId}`);
          if (!plan.throttle.shadow) return this.#countThrottled(refusal, use);
          if (notes) this.#noteShadow(refusal, notes);
        }
      }
    }
    if (route.throttle) {
      const waitMs = this.#bucketOf(route.bucketKey, route.throttle).waitMs(nowMs, route.throttle);
      if (waitMs > 0) {
        const refusal = throttledBy("method", route.throttle, waitMs, route.bucketKey);
        if (!route.throttle.shadow) return this.#countThrottled(refusal, null);
        if (notes) this.#noteShadow(refusal, notes);
      }
    }
    const account = this.#accountThrottle;
    const waitMs = this.#accountBucket.waitMs(nowMs, account);
    if (waitMs > 0) {
      const refusal = throttledBy("account", account, waitMs, "the account");
      if (!account.shadow) return this.#countThrottled(refusal, null);
      if (notes) this.#noteShadow(refusal, notes);
    }
    return null;
  }

  #take(route: LimitedRoute, key: KnownKey | null, notes: LimitNotes): void {
    const nowMs = this.clock.monotonicMs();
    if (key) {
      const { plan } = key;
      const use = this.#ofKey(key);
      const own = plan.methodThrottles[route.methodKey];
      if (own) use.methodBucket(route.bucketKey, own).take(nowMs);
      if (plan.throttle) use.planBucket(plan.throttle).take(nowMs);
      use.countUsed(this.clock.nowMs(), notes.shadowRefusals !== null);
    }
    if (route.throttle) this.#bucketOf(route.bucketKey, route.throttle).take(nowMs);
    this.#accountBucket.take(nowMs);
  }

  #afterQuota(verdict: QuotaVerdict, asked: AskedQuota): LimitRefusal | null {
    const { route, key, quota, notes } = asked;
    const account = this.#ofKey(key).quota;
    if (verdict !== "admitted") {
      const refusal = quotaRefusal(verdict, asked, account.resetInMs(this.clock.nowMs()));
      const isLetThrough = verdict === "unavailable" && this.options.withoutLedger === "admit";
      if (!isLetThrough && !quota.shadow) {
        this.counts.countRefused(refusal);
        this.leases?.release(this.#heldOf(route, key));
        return refusal;
      }
      account.takeExtra();
      if (quota.shadow) this.#noteShadow(refusal, notes);
    }
    this.#take(route, key, notes);
    return null;
  }

  /** Throttles are asked again: others have taken from them meanwhile. */
  #afterWaiting(
    verdict: QuotaVerdict,
    asked: AskedQuota,
  ): LimitRefusal | null | Promise<LimitRefusal | null> {
    const { leases } = this;
    const again = () => this.#afterThrottles(verdict, asked);
    return leases?.prepare(this.#heldOf(asked.route, asked.key), again) ?? again();
  }

  #afterThrottles(verdict: QuotaVerdict, asked: AskedQuota): LimitRefusal | null {
    const refusal = this.#throttled(asked.route, asked.key, null);
    if (!refusal) return this.#afterQuota(verdict, asked);
    if (verdict === "admitted") this.#ofKey(asked.key).quota.undo();
    return refusal;
  }

  /** With leases only: what a request needs one of each. */
  #heldOf(route: LimitedRoute, key: KnownKey | null): Held[] {
    const held: Held[] = [];
    const add = (bucket: ThrottleBucket, throttle: Throttle) =>
      held.push({ bucket: bucket as LeasedBucket, throttle });
    if (key) {
      const { plan } = key;
      const use = this.#ofKey(key);
      const own = plan.methodThrottles[route.methodKey];
      if (own) add(use.methodBucket(route.bucketKey, own), own);
      if (plan.throttle) add(use.planBucket(plan.throttle), plan.throttle);
    }
    if (route.throttle) add(this.#bucketOf(route.bucketKey, route.throttle), route.throttle);
    add(this.#accountBucket, this.#accountThrottle);
    return held;
  }

  #countThrottled(refusal: LimitRefusal, use: PlanUse | null): LimitRefusal {
    this.counts.countRefused(refusal);
    use?.countThrottled(this.clock.nowMs());
    return refusal;
  }

  #noteShadow(refusal: LimitRefusal, notes: LimitNotes): void {
    this.counts.countShadowed(refusal);
    if (notes.shadowRefusals) notes.shadowRefusals.push(refusal);
    else notes.shadowRefusals = [refusal];
  }

  #ofKey(key: KnownKey): PlanUse {
    const known = this.#byKey.get(key);
    if (known && !known.isForgotten) return known;
    const use = this.#ofNames(key.plan.planId, key.id);
    this.#byKey.set(key, use);
    return use;
  }

  #ofNames(planId: string, keyId: string): PlanUse {
    const id = `${planId}/${keyId}`;
    let use = this.#uses.get(id);
    if (!use) {
      const { reservations } = this;
      use = new PlanUse(planId, keyId, {
        nowMs: this.clock.nowMs(),
        reservations,
        makeBucket: this.#makeBucket,
      });
      this.#uses.set(id, use);
    }
    return use;
  }

  #bucketOf(key: string, throttle: Throttle): ThrottleBucket {
    const known = this.#buckets.get(key);
    if (known) return known;
    if (this.#buckets.size >= SWEEP_ABOVE) this.#sweepBuckets();
    const bucket = this.#makeBucket(`method ${key}`, throttle);
    this.#buckets.set(key, bucket);
    return bucket;
  }

  /** Forgets full buckets: a new one would be full as well. */
  #sweepBuckets(): void {
    const nowMs = this.clock.monotonicMs();
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(nowMs)) this.#buckets.delete(key);
  }

  #sweepUses(): void {
    const [nowMs, monotonicMs] = [this.clock.nowMs(), this.clock.monotonicMs()];
    for (const [id, use] of this.#uses) {
      if (!use.isForgettable(nowMs, monotonicMs)) continue;
      use.isForgotten = true;
      this.#uses.delete(id);
    }
  }
}

type AskedQuota = { route: LimitedRoute; key: KnownKey; quota: Quota; notes: LimitNotes };

function throttledBy(limit: LimitName, throttle: Throttle, waitMs: number, subject: string): LimitRefusal {
  return {
    limit,
    type: "THROTTLED",
    subject,
    value: `${throttle.rateLimit} requests/s, burst ${throttle.burstLimit}`,
    retryAfterMs: Number.isFinite(waitMs) ? waitMs : null,
  };
}

function quotaRefusal(
  verdict: "exceeded" | "unavailable",
  { key, quota }: AskedQuota,
  resetMs: number,
): LimitRefusal {
  const value = `${quota.limit} per ${quota.period}`;
  const isOver = verdict === "exceeded";
  return {
    limit: "quota",
    type: isOver ? "QUOTA_EXCEEDED" : "THROTTLED",
    subject: `key ${key.id} in plan ${key.plan.planId}`,
    value: isOver ? value : `${value}; none could be reserved, the database is away`,
    retryAfterMs: isOver ? resetMs : RETRY_UNAVAILABLE_MS,
  };
}
