import { describe, expect, it } from "vitest";
import { MemoryKeyStore, type StoredKey, type StoredPlan, sha256 } from "./key-store";

const plan: StoredPlan = {
  id: "gold",
  throttle: { rateLimit: 1, burstLimit: 1 },
  quota: null,
  stages: [{ apiId: "api", stageName: "prod", throttle: {} }],
};
const key: StoredKey = {
  id: "k1",
  name: "Ada",
  customerId: null,
  isEnabled: true,
  valueHash: sha256("secret-value"),
  plans: [{ planId: "gold", joinedAtMs: 5 }],
};

function storeWith(...keys: StoredKey[]): MemoryKeyStore {
  const store = new MemoryKeyStore();
  store.replaceAll(keys, [plan]);
  return store;
}

describe("MemoryKeyStore", () => {
  it("finds an enabled key of a plan of that stage, and nothing else", () => {
    const store = storeWith(key);
    expect(store.find("secret-value", "api", "prod")).toMatchObject({
      id: "k1",
      plan: { planId: "gold", joinedAtMs: 5 },
    });
    expect(store.find("secret-value", "api", "test")).toBeNull();
    expect(store.find("other-value", "api", "prod")).toBeNull();
    expect(storeWith({ ...key, isEnabled: false }).find("secret-value", "api", "prod")).toBeNull();
    expect(storeWith({ ...key, plans: [] }).find("secret-value", "api", "prod")).toBeNull();
  });

  it("follows changes of keys and plans at once", () => {
    const store = storeWith(key);
    store.find("secret-value", "api", "prod");
    store.putPlan({ ...plan, throttle: { rateLimit: 9, burstLimit: 9 } });
    expect(store.find("secret-value", "api", "prod")?.plan.throttle?.rateLimit).toBe(9);
    store.removePlan("gold");
    expect(store.find("secret-value", "api", "prod")).toBeNull();
    store.putPlan(plan);
    store.putKey({ ...key, valueHash: sha256("new-value") });
    expect(store.find("secret-value", "api", "prod")).toBeNull();
    expect(store.find("new-value", "api", "prod")?.id).toBe("k1");
    store.removeKey("k1");
    expect(store.find("new-value", "api", "prod")).toBeNull();
  });

  it("gives back what it was given, with any number of plans", () => {
    const keys = [
      [],
      [{ planId: "gold", joinedAtMs: 5 }],
      [5, 6, 7].map((joinedAtMs) => ({ planId: `p${joinedAtMs}`, joinedAtMs })),
    ].map((plans, i) => ({ ...key, id: `k${i}`, valueHash: sha256(`value ${i}`), plans }));
    expect(storeWith(...keys).snapshot()).toEqual({ keys, plans: [plan] });
  });

  it("finds the same key of a stage while it is used, also among many", () => {
    const keys = Array.from({ length: 25_000 }, (_, i) => ({
      ...key,
      id: `k${i}`,
      valueHash: sha256(`value ${i}`),
    }));
    const store = storeWith(...keys);
    const first = store.find("value 0", "api", "prod");
    for (let i = 1; i < 15_000; i++) store.find(`value ${i}`, "api", "prod");
    expect(store.find("value 0", "api", "prod")).toBe(first);
    for (let i = 15_000; i < 25_000; i++) store.find(`value ${i}`, "api", "prod");
    expect(store.find("value 0", "api", "prod")).toBe(first);
    expect(store.find("value 1", "api", "prod")?.id).toBe("k1");
  });
});
