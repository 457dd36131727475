import { quotaLimitIn, quotaPeriod } from "@/server/gateway/policies/quota-period";
import type { Quota } from "@/server/gateway/snapshot/usage-plan";

export type KeyDays = {
  keyId: string;
  /** When the key joined the plan: the offset counts in that period. */
  joinedAtMs: number;
  /** Admitted requests by UTC day, each day at most once. */
  days: readonly { dayMs: number; count: number }[];
};

export type SimulatedKey = {
  keyId: string;
  /** Requests in the stored history, and how many of them the quota would have refused. */
  count: number;
  refused: number;
  /** Periods in which it would have refused any. */
  periodsHit: number;
  /** The first day on which it would have; null: never. */
  firstHitMs: number | null;
};

export type QuotaSimulation = {
  /** Keys with requests, those with the most refusals first. */
  keys: SimulatedKey[];
  count: number;
  refused: number;
  keysHit: number;
};

/**
 * What a quota would have done to the stored requests of a plan's keys. Null: no quota, which refuses nothing. Only
 * admitted requests are stored by day, so what another quota refused then is not in it; the history should begin with a
 * period, else the first one counts too little.
 */
export function simulateQuota(quota: Quota | null, keys: readonly KeyDays[]): QuotaSimulation {
  const simulated = keys
    .map((key) => simulateKey(quota, key))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.refused - a.refused || b.count - a.count);
  const hit = simulated.filter(({ refused }) => refused > 0);
  return {
    keys: simulated,
    count: simulated.reduce((sum, key) => sum + key.count, 0),
    refused: hit.reduce((sum, key) => sum + key.refused, 0),
    keysHit: hit.length,
  };
}

function simulateKey(quota: Quota | null, { keyId, joinedAtMs, days }: KeyDays): SimulatedKey {
  const key: SimulatedKey = { keyId, count: 0, refused: 0, periodsHit: 0, firstHitMs: null };
  let startMs = Number.NaN;
  let left = 0;
  let isHit = false;
  for (const { dayMs, count } of [...days].sort((a, b) => a.dayMs - b.dayMs)) {
    key.count += count;
    if (!quota) continue;
    const period = quotaPeriod(quota.period, dayMs);
    if (period.startMs !== startMs) {
      startMs = period.startMs;
      left = quotaLimitIn(quota, startMs, joinedAtMs);
      isHit = false;
    }
    const refused = Math.max(0, count - left);
    left = Math.max(0, left - count);
    if (refused === 0) continue;
    key.refused += refused;
    key.firstHitMs ??= dayMs;
    if (!isHit) key.periodsHit++;
    isHit = true;
  }
  return key;
}
