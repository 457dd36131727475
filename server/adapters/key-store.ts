import { createHash, hash } from "node:crypto";
import type { KeyStore, KnownKey, PlanLimits } from "@/server/gateway/ports";

/** A key as the control plane stores it: its value only as hex SHA-256. */
export type StoredKey = {
  id: string;
  name: string;
  customerId: string | null;
  isEnabled: boolean;
  valueHash: string;
  /** Plan ids with the time the key joined, in ms. */
  plans: readonly { planId: string; joinedAtMs: number }[];
};

export type StoredPlan = {
  id: string;
  throttle: PlanLimits["throttle"];
  quota: PlanLimits["quota"];
  stages: readonly { apiId: string; stageName: string; throttle: PlanLimits["methodThrottles"] }[];
};

type Entry = { key: StoredKey; byStage: Map<string, KnownKey> | null };

/**
 * The KeyStore port in memory. Keys are found by the hash of their value; which plan applies on which stage is
 * worked out at a key's first use.
 */
export class MemoryKeyStore implements KeyStore {
  readonly #byHash = new Map<string, Entry>();
  readonly #hashById = new Map<string, string>();
  readonly #plans = new Map<string, StoredPlan>();

  get keyCount(): number {
    return this.#byHash.size;
  }

  find(value: string, apiId: string, stageName: string): KnownKey | null {
    const entry = this.#byHash.get(sha256(value));
    if (!entry?.key.isEnabled) return null;
    entry.byStage ??= this.#stagesOf(entry.key);
    return entry.byStage.get(`${apiId}/${stageName}`) ?? null;
  }

  putKey(key: StoredKey): void {
    this.removeKey(key.id);
    this.#byHash.set(key.valueHash, { key, byStage: null });
    this.#hashById.set(key.id, key.valueHash);
  }

  removeKey(id: string): void {
    const known = this.#hashById.get(id);
    if (known === undefined) return;
    this.#byHash.delete(known);
    this.#hashById.delete(id);
  }

  putPlan(plan: StoredPlan): void {
    this.#plans.set(plan.id, plan);
    this.#forgetStages();
  }

  removePlan(id: string): void {
    this.#plans.delete(id);
    this.#forgetStages();
  }

  /** Replaces everything: a full resync. */
  replaceAll(keys: readonly StoredKey[], plans: readonly StoredPlan[]): void {
    this.#byHash.clear();
    this.#hashById.clear();
    this.#plans.clear();
    for (const plan of plans) this.#plans.set(plan.id, plan);
    for (const key of keys) this.putKey(key);
  }

  snapshot(): { keys: StoredKey[]; plans: StoredPlan[] } {
    return { keys: [...this.#byHash.values()].map(({ key }) => key), plans: [...this.#plans.values()] };
  }

  #forgetStages(): void {
    for (const entry of this.#byHash.values()) entry.byStage = null;
  }

  #stagesOf(key: StoredKey): Map<string, KnownKey> {
    const byStage = new Map<string, KnownKey>();
    for (const { planId, joinedAtMs } of key.plans) {
      const plan = this.#plans.get(planId);
      if (!plan) continue;
      for (const stage of plan.stages) {
        const limits: PlanLimits = {
          planId,
          throttle: plan.throttle,
          methodThrottles: stage.throttle,
          quota: plan.quota,
          joinedAtMs,
        };
        byStage.set(`${stage.apiId}/${stage.stageName}`, {
          id: key.id,
          name: key.name,
          customerId: key.customerId,
          plan: limits,
        });
      }
    }
    return byStage;
  }
}

/** Hex SHA-256 of a key's value. */
export function sha256(value: string): string {
  // The one-shot function came with Node 20.12.
  return hash ? hash("sha256", value, "hex") : createHash("sha256").update(value).digest("hex");
}
