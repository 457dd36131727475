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

type Membership = StoredKey["plans"][number];

/**
 * A key in as little memory as it takes, for a node may hold a million: the hash as octets, one character each; the first
 * plan, mostly the only one, without a list around it.
 */
type KeyEntry = {
  readonly id: string;
  readonly name: string;
  readonly customerId: string | null;
  readonly isEnabled: boolean;
  readonly hash: string;
  readonly planId: string | null;
  readonly joinedAtMs: number;
  readonly otherPlans: readonly Membership[] | null;
};

/** Of a key: what applies on which stage. */
type StageKeys = Map<string, KnownKey>;

/** Keys remembered by their value at least; at most twice as many. */
const RECENT_KEYS = 10_000;

/**
 * The KeyStore port in memory. Keys are found by the hash of their value. Of those used lately the value is remembered, and
 * which plan applies on which stage: hashing costs more than all else here. Any change of keys or plans forgets them.
 */
export class MemoryKeyStore implements KeyStore {
  readonly #byHash = new Map<string, KeyEntry>();
  readonly #byId = new Map<string, KeyEntry>();
  readonly #plans = new Map<string, StoredPlan>();
  /** Plan ids as one string each. */
  readonly #planIds = new Map<string, string>();
  #recent = new Map<string, StageKeys>();
  #older = new Map<string, StageKeys>();

  get keyCount(): number {
    return this.#byHash.size;
  }

  find(value: string, apiId: string, stageName: string): KnownKey | null {
    const stages = this.#recent.get(value) ?? this.#look(value);
    return stages?.get(`${apiId}/${stageName}`) ?? null;
  }

  putKey({ id, name, customerId, isEnabled, valueHash, plans }: StoredKey): void {
    this.removeKey(id);
    const memberships = plans.map(({ planId, joinedAtMs }) => ({
      planId: this.#planIdOf(planId),
      joinedAtMs,
    }));
    const [first, ...others] = memberships;
    const entry: KeyEntry = {
      id,
      name,
      customerId,
      isEnabled,
      hash: octetsOf(valueHash),
      planId: first?.planId ?? null,
      joinedAtMs: first?.joinedAtMs ?? 0,
      otherPlans: others.length > 0 ? others : null,
    };
    this.#byHash.set(entry.hash, entry);
    this.#byId.set(id, entry);
  }

  removeKey(id: string): void {
    const entry = this.#byId.get(id);
    if (entry === undefined) return;
    this.#byHash.delete(entry.hash);
    this.#byId.delete(id);
    this.#forgetRecent();
  }

  putPlan(plan: StoredPlan): void {
    this.#plans.set(plan.id, plan);
    this.#forgetRecent();
  }

  removePlan(id: string): void {
    this.#plans.delete(id);
    this.#forgetRecent();
  }

  /** Replaces everything: a full resync. */
  replaceAll(keys: readonly StoredKey[], plans: readonly StoredPlan[]): void {
    this.#byHash.clear();
    this.#byId.clear();
    this.#plans.clear();
    this.#planIds.clear();
    this.#forgetRecent();
    for (const plan of plans) this.#plans.set(plan.id, plan);
    for (const key of keys) this.putKey(key);
  }

  snapshot(): { keys: StoredKey[]; plans: StoredPlan[] } {
    return { keys: [...this.#byHash.values()].map(storedKey), plans: [...this.#plans.values()] };
  }

  #planIdOf(planId: string): string {
    const known = this.#planIds.get(planId);
    if (known !== undefined) return known;
    this.#planIds.set(planId, planId);
    return planId;
  }

  #forgetRecent(): void {
    this.#recent.clear();
    this.#older.clear();
  }

  /** Null: there is no such key, or it is disabled. */
  #look(value: string): StageKeys | null {
    let stages = this.#older.get(value);
    if (!stages) {
      const entry = this.#byHash.get(sha256Octets(value));
      if (!entry?.isEnabled) return null;
      stages = this.#findStages(entry);
    }
    if (this.#recent.size >= RECENT_KEYS) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(value, stages);
    return stages;
  }

  #findStages(entry: KeyEntry): StageKeys {
    const { id, name, customerId } = entry;
    const byStage: StageKeys = new Map();
    for (const { planId, joinedAtMs } of membershipsOf(entry)) {
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
        byStage.set(`${stage.apiId}/${stage.stageName}`, { id, name, customerId, plan: limits });
      }
    }
    return byStage;
  }
}

const membershipsOf = ({ planId, joinedAtMs, otherPlans }: KeyEntry): readonly Membership[] =>
  planId === null ? [] : [{ planId, joinedAtMs }, ...(otherPlans ?? [])];

function storedKey(entry: KeyEntry): StoredKey {
  const { id, name, customerId, isEnabled } = entry;
  const valueHash = Buffer.from(entry.hash, "latin1").toString("hex");
  return { id, name, customerId, isEnabled, valueHash, plans: membershipsOf(entry) };
}

const octetsOf = (hex: string): string => Buffer.from(hex, "hex").toString("latin1");

/** Hex SHA-256 of a key's value. */
export const sha256 = (value: string): string => digest(value, "hex");

const sha256Octets = (value: string): string => digest(value, "binary");

function digest(value: string, encoding: "hex" | "binary"): string {
  // The one-shot function came with Node 20.12.
  return hash ? hash("sha256", value, encoding) : createHash("sha256").update(value).digest(encoding);
}
