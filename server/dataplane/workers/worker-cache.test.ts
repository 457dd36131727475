import { describe, expect, it } from "vitest";
import { MemoryResponseCache } from "@/server/adapters/response-cache/memory-response-cache";
import type { CachedAnswer, CacheFind, CacheLease, CacheName } from "@/server/gateway/ports";
import { PrimaryCache } from "./primary-cache";
import { WorkerAuthorizerCache, WorkerCache } from "./worker-cache";

/** Two workers at one primary; what each asks is counted. */
function cluster() {
  const clock = { nowMs: 0, monotonicMs: () => clock.nowMs };
  const workers: { cache: WorkerCache; asked: number; leave: () => void }[] = [];
  const primary = new PrimaryCache<object>(new MemoryResponseCache(clock), (stage) => {
    for (const { cache } of workers) cache.forget(stage);
  });
  for (let i = 0; i < 2; i++) {
    const holder = {};
    primary.add(holder);
    const source = {
      find: async (name: CacheName) => {
        worker.asked++;
        return structuredClone(await primary.find(holder, name));
      },
      replace: async (name: CacheName) => primary.replace(holder, name),
      keep: (lease: CacheLease, answer: CachedAnswer) => primary.keep(holder, lease, answer),
      release: (lease: CacheLease) => primary.release(holder, lease),
      clear: (stage: string) => primary.clear(stage),
    };
    const worker = {
      cache: new WorkerCache(source, clock),
      asked: 0,
      leave: () => primary.remove(holder),
    };
    workers.push(worker);
  }
  const [a, b] = workers as [(typeof workers)[0], (typeof workers)[0]];
  return { a, b, clock, primary };
}

const named = (key: string, rest: Partial<CacheName> = {}): CacheName => ({
  stage: "api/prod",
  key,
  sizeBytes: 1_000_000,
  ttlMs: 1_000,
  isEncrypted: false,
  ...rest,
});
const answer = (text: string): CachedAnswer => ({ status: 200, headers: [], body: Buffer.from(text) });
const textOf = (found: CacheFind) =>
  "answer" in found ? Buffer.from(found.answer.body ?? []).toString() : "a lease";
const leaseOf = (found: CacheFind) => ("lease" in found ? found.lease : -1);

describe("the response cache of several workers", () => {
  it("finds in one worker what another one kept, and asks the primary once for what it finds often", async () => {
    const { a, b, clock } = cluster();
    a.cache.keep(leaseOf(await a.cache.find(named("k"))), answer("one"));
    for (let i = 0; i < 5; i++) expect(textOf(await b.cache.find(named("k")))).toBe("one");
    expect(b.asked).toBe(1);
    clock.nowMs = 999;
    expect(textOf(await b.cache.find(named("k")))).toBe("one");
    clock.nowMs = 1_000;
    expect(textOf(await b.cache.find(named("k")))).toBe("a lease");
  });

  it("gives one worker the task while the others wait, and another one if that worker is gone", async () => {
    const { a, b } = cluster();
    expect(textOf(await a.cache.find(named("k")))).toBe("a lease");
    const waiting = Promise.resolve(b.cache.find(named("k")));
    const pending = await Promise.race([waiting, new Promise((resolve) => setImmediate(resolve))]);
    expect(pending).toBeUndefined();
    a.leave();
    b.cache.keep(leaseOf(await waiting), answer("by b"));
    expect(textOf(await b.cache.find(named("k")))).toBe("by b");
  });

  it("lets no worker find what another one makes anew, or has cleared", async () => {
    const { a, b } = cluster();
    a.cache.keep(leaseOf(await a.cache.find(named("k"))), answer("one"));
    await b.cache.find(named("k"));
    const lease = await a.cache.replace(named("k"));
    const waiting = Promise.resolve(b.cache.find(named("k")));
    a.cache.keep(lease, answer("two"));
    expect(textOf(await waiting)).toBe("two");
    await b.cache.find(named("k"));
    a.cache.clear("api/prod");
    expect(textOf(await b.cache.find(named("k")))).toBe("a lease");
  });

  it("keeps nothing near that was on its way when the stage was cleared, nor what is to be encrypted", async () => {
    const { a, b } = cluster();
    a.cache.keep(leaseOf(await a.cache.find(named("k"))), answer("old"));
    const early = b.cache.find(named("k"));
    b.cache.forget("api/prod");
    await early;
    await b.cache.find(named("k"));
    expect(b.asked).toBe(2);
    const secret = named("s", { isEncrypted: true });
    a.cache.keep(leaseOf(await a.cache.find(secret)), answer("secret"));
    await b.cache.find(secret);
    await b.cache.find(secret);
    expect(b.asked).toBe(4);
  });

  it("serves on without a cache when the primary is gone", async () => {
    const gone = () => Promise.reject(new Error("gone"));
    const never = () => expect.unreachable();
    const source = { find: gone, replace: gone, keep: never, release: never, clear: () => undefined };
    const cache = new WorkerCache(source, { monotonicMs: () => 0 });
    cache.keep(leaseOf(await cache.find(named("k"))), answer("x"));
    cache.release(await cache.replace(named("k")));
  });
});

describe("the authorizer cache of several workers", () => {
  it("asks an authorizer once, reads its answer in each worker once, and keeps no failure", async () => {
    const { a, b } = cluster();
    const [first, second] = [new WorkerAuthorizerCache(a.cache), new WorkerAuthorizerCache(b.cache)];
    const entry = { stage: "api/prod", key: "token", ttlMs: 1_000 };
    let made = 0;
    let reads = 0;
    const make = async () => `answer ${++made}`;
    const read = (text: string) => {
      reads++;
      return { text };
    };
    await expect(first.get(entry, () => Promise.reject(new Error("no")), read)).rejects.toThrow("no");
    expect(await first.get(entry, make, read)).toEqual({ text: "answer 1" });
    for (let i = 0; i < 3; i++) expect(await second.get(entry, make, read)).toEqual({ text: "answer 1" });
    expect([made, reads]).toEqual([1, 2]);
    first.clear("api/prod");
    expect(await second.get(entry, make, read)).toEqual({ text: "answer 2" });
  });
});
