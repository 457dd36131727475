import { describe, expect, it } from "vitest";
import { WeightedLru } from "./weighted-lru";

describe("WeightedLru", () => {
  it("forgets the least recently used entries until the weights fit", () => {
    const lru = new WeightedLru<string, number>(10);
    lru.set("a", 1, 4);
    lru.set("b", 2, 4);
    lru.get("a");
    lru.set("c", 3, 5);
    expect([lru.get("a"), lru.get("b"), lru.get("c")]).toEqual([1, undefined, 3]);
    expect([lru.size, lru.weight]).toEqual([2, 9]);
  });

  it("does not keep what is too heavy alone, nor what was there under its key", () => {
    const lru = new WeightedLru<string, number>(10);
    lru.set("a", 1, 4);
    lru.set("b", 2, 4);
    lru.set("a", 3, 11);
    expect([lru.get("a"), lru.get("b"), lru.weight]).toEqual([undefined, 2, 4]);
  });

  it("counts an entry that is set again once", () => {
    const lru = new WeightedLru<string, number>(10);
    lru.set("a", 1, 4);
    lru.set("a", 2, 6);
    expect([lru.get("a"), lru.weight]).toEqual([2, 6]);
    lru.delete("a");
    lru.delete("a");
    expect([lru.size, lru.weight]).toEqual([0, 0]);
  });

  it("forgets the oldest when told to, and nothing when there is none", () => {
    const lru = new WeightedLru<string, number>(10);
    lru.set("a", 1, 5);
    lru.set("b", 2, 5);
    lru.get("a");
    lru.deleteOldest();
    expect([lru.get("a"), lru.get("b"), lru.weight]).toEqual([1, undefined, 5]);
    lru.deleteOldest();
    lru.deleteOldest();
    expect([lru.size, lru.weight]).toEqual([0, 0]);
  });
});
