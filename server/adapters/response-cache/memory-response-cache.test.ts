import { describe, expect, it } from "vitest";
import type { CachedAnswer, CacheFind, CacheLease, CacheName } from "@/server/gateway/ports";
import { MemoryResponseCache } from "./memory-response-cache";
import { AnswerSeal } from "./sealed-answers";

const MB = 1_048_576;
let nowMs = 0;
const clock = { monotonicMs: () => nowMs };

const named = (key: string, rest: Partial<CacheName> = {}): CacheName => ({
  stage: "api/prod",
  key,
  sizeBytes: 512 * MB,
  ttlMs: 1_000,
  isEncrypted: false,
  ...rest,
});
const answer = (text: string): CachedAnswer => ({
  status: 200,
  headers: ["A", "b"],
  body: Buffer.from(text),
});
const leaseOf = (found: CacheFind | Promise<CacheFind>): CacheLease => {
  if (found instanceof Promise || !("lease" in found)) throw new Error("no lease");
  return found.lease;
};
const textOf = (found: CacheFind | Promise<CacheFind>): string | null =>
  found instanceof Promise || !("answer" in found) ? null : Buffer.from(found.answer.body ?? []).toString();

function fill(cache: MemoryResponseCache, name: CacheName, bytes: number): void {
  cache.keep(leaseOf(cache.find(name)), { status: 200, headers: [], body: new Uint8Array(bytes) });
}

describe("MemoryResponseCache", () => {
  it("gives one of fifty the task, and all the answer", async () => {
    const cache = new MemoryResponseCache(clock);
    const lease = leaseOf(cache.find(named("a")));
    const others = Array.from({ length: 49 }, () => cache.find(named("a")));
    expect(others.every((other) => other instanceof Promise)).toBe(true);
    cache.keep(lease, answer("one"));
    expect((await Promise.all(others)).map(textOf)).toEqual(Array(49).fill("one"));
  });

  it("lets everybody who waited ask for themselves when there is nothing to keep", async () => {
    const cache = new MemoryResponseCache(clock);
    const lease = leaseOf(cache.find(named("a")));
    const others = [cache.find(named("a")), cache.find(named("a"))];
    cache.release(lease);
    cache.keep(lease, answer("too late"));
    const leases = (await Promise.all(others)).map(leaseOf);
    cache.keep(leases[1] as CacheLease, answer("second"));
    cache.keep(leases[0] as CacheLease, answer("first"));
    expect(textOf(cache.find(named("a")))).toBe("second");
  });

  it("does not let an answer asked for earlier replace one made anew", () => {
    const cache = new MemoryResponseCache(clock);
    const early = leaseOf(cache.find(named("a")));
    const late = cache.replace(named("a"));
    cache.keep(early, answer("stale"));
    cache.keep(late, answer("fresh"));
    expect(textOf(cache.find(named("a")))).toBe("fresh");
    const slow = cache.replace(named("a"));
    cache.keep(cache.replace(named("a")), answer("newest"));
    cache.keep(slow, answer("slow"));
    expect(textOf(cache.find(named("a")))).toBe("newest");
  });

  it("keeps nothing that was asked for before a flush", () => {
    const cache = new MemoryResponseCache(clock);
    const lease = leaseOf(cache.find(named("a")));
    cache.clear("api/prod");
    cache.keep(lease, answer("old"));
    cache.keep(leaseOf(cache.find(named("a"))), answer("new"));
    expect(textOf(cache.find(named("a")))).toBe("new");
    cache.clear("api/other");
    expect(textOf(cache.find(named("a")))).toBe("new");
  });

  it("forgets an entry when its time is over", () => {
    const cache = new MemoryResponseCache(clock);
    cache.keep(leaseOf(cache.find(named("a"))), answer("one"));
    nowMs += 999;
    expect(textOf(cache.find(named("a")))).toBe("one");
    expect([cache.leftMs(named("a")), cache.leftMs(named("other"))]).toEqual([1, 0]);
    nowMs += 1;
    cache.release(leaseOf(cache.find(named("a"))));
    expect(cache.held).toEqual({ bytes: 0, entries: 0 });
  });

  it("stays within the node's bytes and forgets what was used least recently", () => {
    const cache = new MemoryResponseCache(clock, 4 * MB);
    for (const key of ["a", "b", "c"]) fill(cache, named(key), MB);
    cache.find(named("a"));
    fill(cache, named("d"), MB);
    expect(cache.held.bytes).toBeLessThanOrEqual(4 * MB);
    expect([textOf(cache.find(named("a"))) !== null, cache.held.entries]).toEqual([true, 3]);
    expect(textOf(cache.find(named("b")))).toBeNull();
  });

  it("lets the stage that holds most give way where the node's bytes are used up", () => {
    const cache = new MemoryResponseCache(clock, 8 * MB);
    const small = { stage: "api/test" };
    const entriesOf = (keys: string[], rest: Partial<CacheName>) =>
      keys.filter((key) => textOf(cache.find(named(key, rest))) !== null).length;
    fill(cache, named("small", small), MB);
    const keys = Array.from({ length: 20 }, (_, i) => `a${i}`);
    for (const key of keys) fill(cache, named(key, { sizeBytes: 237_000 * MB }), MB);
    expect(cache.held.bytes).toBeLessThanOrEqual(8 * MB);
    expect(cache.held.entries).toBe(7);
    expect(entriesOf(["small"], small)).toBe(1);
    cache.clear("api/prod");
    expect(cache.held.entries).toBe(1);
  });

  it("keeps no more of a stage than its size", () => {
    const cache = new MemoryResponseCache(clock);
    const rest = { sizeBytes: 2 * MB + 4_096 };
    for (const key of ["a", "b", "c"]) fill(cache, named(key, rest), MB);
    expect(cache.held.entries).toBe(2);
    expect(textOf(cache.find(named("a", rest)))).toBeNull();
  });

  it("passes over leases it does not know, and tells those who wait through a flush", async () => {
    const cache = new MemoryResponseCache(clock);
    cache.keep(4711, answer("nobody's"));
    cache.release(4711);
    const lease = leaseOf(cache.find(named("a")));
    const other = cache.find(named("a"));
    cache.clear("api/prod");
    cache.keep(lease, answer("one"));
    expect(textOf(await other)).toBe("one");
    expect(cache.held.entries).toBe(0);
  });

  it("begins an empty cache when a stage's size changes", () => {
    const cache = new MemoryResponseCache(clock);
    cache.keep(leaseOf(cache.find(named("a"))), answer("one"));
    expect(textOf(cache.find(named("a", { sizeBytes: 1_600 * MB })))).toBeNull();
  });

  it("keeps bytes of its own, whatever becomes of the buffer they came in", () => {
    const cache = new MemoryResponseCache(clock);
    const buffer = Buffer.from("xx-one-xx");
    cache.keep(leaseOf(cache.find(named("a"))), { status: 200, headers: [], body: buffer.subarray(3, 6) });
    buffer.fill("!");
    expect(textOf(cache.find(named("a")))).toBe("one");
  });

  it("answers from encrypted entries as from open ones", () => {
    const cache = new MemoryResponseCache(clock);
    const name = named("a", { isEncrypted: true });
    cache.keep(leaseOf(cache.find(name)), answer("secret"));
    expect(cache.find(name)).toEqual({
      answer: { status: 200, headers: ["A", "b"], body: Buffer.from("secret") },
    });
  });
});

describe("AnswerSeal", () => {
  it("shows nothing of answer or name, and opens only under the name it was sealed with", () => {
    const seal = new AnswerSeal();
    const name = seal.nameOf("customer=ada");
    const sealed = Buffer.from(seal.seal(name, answer("secret text")));
    expect([sealed.includes("secret"), name.includes("ada")]).toEqual([false, false]);
    expect(() => seal.open(seal.nameOf("customer=eve"), sealed)).toThrow();
    sealed[20] = (sealed[20] as number) ^ 1;
    expect(() => seal.open(name, sealed)).toThrow();
  });
});
