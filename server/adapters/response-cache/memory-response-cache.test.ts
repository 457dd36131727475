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
  leaseOf(cache.find(name)).keep({ status: 200, headers: [], body: new Uint8Array(bytes) });
}

describe("MemoryResponseCache", () => {
  it("gives one of fifty the task, and all the answer", async () => {
    const cache = new MemoryResponseCache(clock);
    const lease = leaseOf(cache.find(named("a")));
    const others = Array.from({ length: 49 }, () => cache.find(named("a")));
    expect(others.every((other) => other instanceof Promise)).toBe(true);
    lease.keep(answer("one"));
    expect((await Promise.all(others)).map(textOf)).toEqual(Array(49).fill("one"));
  });

  it("lets everybody who waited ask for themselves when there is nothing to keep", async () => {
    const cache = new MemoryResponseCache(clock);
    const lease = leaseOf(cache.find(named("a")));
    const others = [cache.find(named("a")), cache.find(named("a"))];
    lease.release();
    lease.keep(answer("too late"));
    const leases = (await Promise.all(others)).map(leaseOf);
    leases[1]?.keep(answer("second"));
    leases[0]?.keep(answer("first"));
    expect(textOf(cache.find(named("a")))).toBe("second");
  });

  it("does not let an answer asked for earlier replace one made anew", () => {
    const cache = new MemoryResponseCache(clock);
    const early = leaseOf(cache.find(named("a")));
    const late = cache.replace(named("a"));
    early.keep(answer("stale"));
    late.keep(answer("fresh"));
    expect(textOf(cache.find(named("a")))).toBe("fresh");
    const slow = cache.replace(named("a"));
    cache.replace(named("a")).keep(answer("newest"));
    slow.keep(answer("slow"));
    expect(textOf(cache.find(named("a")))).toBe("newest");
  });

  it("keeps nothing that was asked for before a flush", () => {
    const cache = new MemoryResponseCache(clock);
    const lease = leaseOf(cache.find(named("a")));
    cache.clear("api/prod");
    lease.keep(answer("old"));
    leaseOf(cache.find(named("a"))).keep(answer("new"));
    expect(textOf(cache.find(named("a")))).toBe("new");
    cache.clear("api/other");
    expect(textOf(cache.find(named("a")))).toBe("new");
  });

  it("forgets an entry when its time is over", () => {
    const cache = new MemoryResponseCache(clock);
    leaseOf(cache.find(named("a"))).keep(answer("one"));
    nowMs += 999;
    expect(textOf(cache.find(named("a")))).toBe("one");
    nowMs += 1;
    leaseOf(cache.find(named("a"))).release();
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

  it("divides the node's bytes between stages by their sizes", () => {
    const cache = new MemoryResponseCache(clock, 8 * MB);
    for (let i = 0; i < 20; i++) fill(cache, named(`a${i}`), MB);
    const other = { stage: "api/test", sizeBytes: 1_536 * MB };
    for (let i = 0; i < 20; i++) fill(cache, named(`b${i}`, other), MB);
    expect(cache.held.entries).toBe(1 + 5);
    cache.clear("api/test");
    for (let i = 20; i < 40; i++) fill(cache, named(`a${i}`), MB);
    expect(cache.held.entries).toBe(7);
  });

  it("begins an empty cache when a stage's size changes", () => {
    const cache = new MemoryResponseCache(clock);
    leaseOf(cache.find(named("a"))).keep(answer("one"));
    expect(textOf(cache.find(named("a", { sizeBytes: 1_600 * MB })))).toBeNull();
  });

  it("keeps bytes of its own, whatever becomes of the buffer they came in", () => {
    const cache = new MemoryResponseCache(clock);
    const buffer = Buffer.from("xx-one-xx");
    leaseOf(cache.find(named("a"))).keep({ status: 200, headers: [], body: buffer.subarray(3, 6) });
    buffer.fill("!");
    expect(textOf(cache.find(named("a")))).toBe("one");
  });

  it("answers from encrypted entries as from open ones", () => {
    const cache = new MemoryResponseCache(clock);
    const name = named("a", { isEncrypted: true });
    leaseOf(cache.find(name)).keep(answer("secret"));
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
