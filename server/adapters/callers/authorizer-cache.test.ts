import { describe, expect, it } from "vitest";
import { MemoryAuthorizerCache } from "./authorizer-cache";

function setUp(capacity?: number) {
  let nowMs = 0;
  let made = 0;
  const cache = new MemoryAuthorizerCache({ monotonicMs: () => nowMs }, capacity);
  const read = (text: string) => ({ number: Number(text) });
  const get = async (key = "k", stage = "api/prod") =>
    (await cache.get({ stage, key, ttlMs: 1_000 }, async () => String(++made), read)).number;
  return { cache, get, read, advance: (ms: number) => (nowMs += ms) };
}

describe("MemoryAuthorizerCache", () => {
  it("asks once until the time is over", async () => {
    const { get, advance } = setUp();
    expect([await get(), await get()]).toEqual([1, 1]);
    advance(999);
    expect(await get()).toBe(1);
    advance(1);
    expect(await get()).toBe(2);
  });

  it("keeps keys and stages apart", async () => {
    const { get } = setUp();
    expect([await get("a"), await get("b"), await get("a", "api/test")]).toEqual([1, 2, 3]);
  });

  it("lets calls at the same time share one question", async () => {
    const { get } = setUp();
    expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1]);
  });

  it("keeps no failure", async () => {
    const { cache, get, read } = setUp();
    const entry = { stage: "api/prod", key: "k", ttlMs: 1_000 };
    const fail = () => {
      throw new Error("unreadable");
    };
    await expect(cache.get(entry, () => Promise.reject(new Error("no")), read)).rejects.toThrow("no");
    await expect(cache.get(entry, async () => "x", fail)).rejects.toThrow("unreadable");
    expect(await get()).toBe(1);
  });

  it("forgets a stage when it is told to, also what is being asked for", async () => {
    const { cache, get } = setUp();
    await get("other", "api/test");
    const pending = get();
    cache.clear("api/prod");
    await pending;
    expect([await get(), await get("other", "api/test")]).toEqual([3, 1]);
  });

  it("forgets the least recently used beyond its size", async () => {
    const { get } = setUp(2);
    await get("a");
    await get("b");
    await get("c");
    expect([await get("c"), await get("a")]).toEqual([3, 4]);
  });
});
