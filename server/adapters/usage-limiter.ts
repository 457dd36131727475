import { quotaLimitIn, quotaPeriod } from "@/server/gateway/policies/quota-period";
import type { Clock, KnownKey, UsageLimiter, UsageVerdict } from "@/server/gateway/ports";
import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import { TokenBucket } from "@/server/toolkit/token-bucket";

/** What one key did on one plan since the last flush. */
export type UsageDelta = {
  planId: string;
  keyId: string;
  /** Null if the plan has no quota. */
  periodStartMs: number | null;
  used: number;
  throttled: number;
  dayMs: number;
};

type Account = {
  planId: string;
  keyId: string;
  bucket: TokenBucket | null;
  methodBuckets: Map<string, TokenBucket> | null;
  periodStartMs: number;
  periodEndMs: number;
  /** Used in this period as the database last said, over all nodes. */
  settledUsed: number;
  /** Admitted and throttled since the last flush. */
  freshUsed: number;
  freshThrottled: number;
  dayMs: number;
  dayEndMs: number;
};

const DAY_MS = 86_400_000;

/**
 * The UsageLimiter port in memory: a token bucket per key and plan (and method), a quota counter that is flushed to
 * the database and reloaded at start. Between two flushes several nodes may together admit a little more than a
 * quota allows; one node never does.
 */
export class MemoryUsageLimiter implements UsageLimiter {
  readonly #accounts = new Map<string, Account>();
  /** Deltas of periods and days that ended before they were flushed. */
  #closed: UsageDelta[] = [];

  constructor(private readonly clock: Clock) {}

  admit(key: KnownKey, stage: { apiId: string; stageName: string }, methodKey: string): UsageVerdict {
    const { plan } = key;
    const account = this.#accountOf(plan.planId, key.id);
    const monotonicMs = this.clock.monotonicMs();
    const nowMs = this.clock.nowMs();
    if (nowMs >= account.dayEndMs) this.#turnDay(account, nowMs);

    const methodThrottle = plan.methodThrottles[methodKey];
    if (
      methodThrottle &&
      !takeMethod(account, `${stage.apiId}/${stage.stageName}${methodKey}`, methodThrottle, monotonicMs)
    ) {
      account.freshThrottled++;
      return "throttled";
    }
    if (plan.throttle) {
      account.bucket ??= new TokenBucket(plan.throttle.burstLimit, monotonicMs);
      if (!account.bucket.take(monotonicMs, plan.throttle.rateLimit, plan.throttle.burstLimit)) {
        account.freshThrottled++;
        return "throttled";
      }
    }
    if (plan.quota) {
      const period = quotaPeriodOf(account, plan.quota.period, nowMs);
      if (period !== account.periodStartMs) this.#turnPeriod(account, plan.quota.period, nowMs);
      const limit = quotaLimitIn(plan.quota, account.periodStartMs, plan.joinedAtMs);
      if (account.settledUsed + account.freshUsed >= limit) return "quota-exceeded";
    }
    account.freshUsed++;
    return "admitted";
  }

  /** Counts what has not been flushed yet, and starts counting anew. Give them to `restore` if the flush fails. */
  takeDeltas(): UsageDelta[] {
    const deltas = this.#closed;
    this.#closed = [];
    for (const account of this.#accounts.values()) {
      if (account.freshUsed === 0 && account.freshThrottled === 0) continue;
      deltas.push(deltaOf(account));
      account.settledUsed += account.freshUsed;
      account.freshUsed = 0;
      account.freshThrottled = 0;
    }
    return deltas;
  }

  restore(deltas: readonly UsageDelta[]): void {
    this.#closed.push(...deltas);
  }

  /** Takes in what the database has for a period, all nodes together. Older periods are ignored. */
  settle(planId: string, keyId: string, period: { startMs: number; used: number }): void {
    const account = this.#accountOf(planId, keyId);
    if (period.startMs < account.periodStartMs) return;
    if (period.startMs > account.periodStartMs) {
      account.periodStartMs = period.startMs;
      account.periodEndMs = 0;
    }
    account.settledUsed = period.used;
  }

  #accountOf(planId: string, keyId: string): Account {
    const id = `${planId}/${keyId}`;
    let account = this.#accounts.get(id);
    if (!account) {
      const dayMs = startOfDay(this.clock.nowMs());
      account = {
        planId,
        keyId,
        bucket: null,
        methodBuckets: null,
        periodStartMs: 0,
        periodEndMs: 0,
        settledUsed: 0,
        freshUsed: 0,
        freshThrottled: 0,
        dayMs,
        dayEndMs: dayMs + DAY_MS,
      };
      this.#accounts.set(id, account);
    }
    return account;
  }

  #turnPeriod(account: Account, period: "DAY" | "WEEK" | "MONTH", nowMs: number): void {
    this.#close(account);
    const { startMs, endMs } = quotaPeriod(period, nowMs);
    account.periodStartMs = startMs;
    account.periodEndMs = endMs;
    account.settledUsed = 0;
  }

  #turnDay(account: Account, nowMs: number): void {
    const { freshUsed } = account;
    this.#close(account);
    account.settledUsed += freshUsed;
    account.dayMs = startOfDay(nowMs);
    account.dayEndMs = account.dayMs + DAY_MS;
  }

  #close(account: Account): void {
    if (account.freshUsed > 0 || account.freshThrottled > 0) this.#closed.push(deltaOf(account));
    account.freshUsed = 0;
    account.freshThrottled = 0;
  }
}

function takeMethod(account: Account, key: string, throttle: Throttle, nowMs: number): boolean {
  account.methodBuckets ??= new Map();
  let bucket = account.methodBuckets.get(key);
  if (!bucket) {
    bucket = new TokenBucket(throttle.burstLimit, nowMs);
    account.methodBuckets.set(key, bucket);
  }
  return bucket.take(nowMs, throttle.rateLimit, throttle.burstLimit);
}

/** The start of the current period; the calendar is asked only when the known one is over. */
function quotaPeriodOf(account: Account, period: "DAY" | "WEEK" | "MONTH", nowMs: number): number {
  if (nowMs >= account.periodStartMs && nowMs < account.periodEndMs) return account.periodStartMs;
  const { startMs, endMs } = quotaPeriod(period, nowMs);
  if (startMs === account.periodStartMs) account.periodEndMs = endMs;
  return startMs;
}

function deltaOf(account: Account): UsageDelta {
  return {
    planId: account.planId,
    keyId: account.keyId,
    periodStartMs: account.periodStartMs === 0 ? null : account.periodStartMs,
    used: account.freshUsed,
    throttled: account.freshThrottled,
    dayMs: account.dayMs,
  };
}

function startOfDay(nowMs: number): number {
  return nowMs - (((nowMs % DAY_MS) + DAY_MS) % DAY_MS);
}
