import { weightOf } from "@/server/adapters/response-cache/answer-weight";
import type {
  AuthorizerCache,
  CachedAnswer,
  CacheFind,
  CacheLease,
  CacheName,
  Clock,
  ResponseCache,
} from "@/server/gateway/ports";
import { WeightedLru } from "@/server/toolkit/weighted-lru";
import type { FoundInPrimary } from "./primary-cache";

/** The primary's cache. Calls reject if it is gone. */
export type CacheSource = {
  find(name: CacheName): Promise<FoundInPrimary>;
  replace(name: CacheName): Promise<CacheLease>;
  keep(lease: CacheLease, answer: CachedAnswer): void;
  release(lease: CacheLease): void;
  clear(stage: string): void;
};

type Near = { readonly answer: CachedAnswer; readonly untilMs: number };

/** No cache knows this one. */
const NO_LEASE: CacheLease = 0;
/** What a worker keeps beside the primary, in bytes, so that what is hit often costs no question. */
const NEAR_BYTES = 16_777_216;

/** The ResponseCache port in a worker: the primary's cache, and near it what was found there last. */
export class WorkerCache implements ResponseCache {
  readonly #near = new WeightedLru<string, Near>(NEAR_BYTES);
  /** How often each stage was forgotten: an answer that was asked for before must not be found after. */
  readonly #generations = new Map<string, number>();

  constructor(
    private readonly source: CacheSource,
    private readonly clock: Pick<Clock, "monotonicMs">,
  ) {}

  find(name: CacheName): CacheFind | Promise<CacheFind> {
    const key = this.#keyOf(name);
    const near = this.#near.get(key);
    if (near) {
      if (near.untilMs > this.clock.monotonicMs()) return { answer: near.answer };
      this.#near.delete(key);
    }
    return this.#find(key, name);
  }

  replace(name: CacheName): Promise<CacheLease> {
    this.forget(name.stage);
    return this.source.replace(name).catch(() => NO_LEASE);
  }

  keep(lease: CacheLease, answer: CachedAnswer): void {
    if (lease !== NO_LEASE) this.source.keep(lease, answer);
  }

  release(lease: CacheLease): void {
    if (lease !== NO_LEASE) this.source.release(lease);
  }

  clear(stage: string): void {
    this.forget(stage);
    this.source.clear(stage);
  }

  /** Another worker has cleared the stage, or makes an entry anew. */
  forget(stage: string): void {
    this.#generations.set(stage, (this.#generations.get(stage) ?? 0) + 1);
  }

  /** Entries are the primary's to count. */
  get held(): { bytes: number; entries: number } {
    return { bytes: this.#near.weight, entries: 0 };
  }

  async #find(key: string, name: CacheName): Promise<CacheFind> {
    const askedAtMs = this.clock.monotonicMs();
    const found = await this.source.find(name).catch(() => ({ lease: NO_LEASE }) as FoundInPrimary);
    // What is kept encrypted lies nowhere else.
    if ("answer" in found && found.leftMs && !name.isEncrypted)
      this.#near.set(
        key,
        { answer: found.answer, untilMs: askedAtMs + found.leftMs },
        weightOf(key, found.answer),
      );
    return found;
  }

  #keyOf({ stage, sizeBytes, key }: CacheName): string {
    return `${stage} ${this.#generations.get(stage) ?? 0} ${sizeBytes} ${key}`;
  }
}

/** The AuthorizerCache port in a worker, over a cache of its own in the primary. What it makes of texts it keeps with them. */
export class WorkerAuthorizerCache implements AuthorizerCache {
  readonly #readings = new WeakMap<CachedAnswer, object>();

  constructor(private readonly cache: WorkerCache) {}

  async get<T extends object>(
    { stage, key, ttlMs }: { stage: string; key: string; ttlMs: number },
    make: () => Promise<string>,
    read: (text: string) => T,
  ): Promise<T> {
    const { cache } = this;
    // No bound but the primary's for all stages together.
    const sizeBytes = Number.MAX_SAFE_INTEGER;
    const found = await cache.find({ stage, key, ttlMs, sizeBytes, isEncrypted: false });
    if ("answer" in found) {
      const known = this.#readings.get(found.answer);
      if (known) return known as T;
      const value = read(Buffer.from(found.answer.body ?? []).toString());
      this.#readings.set(found.answer, value);
      return value;
    }
    try {
      const text = await make();
      const value = read(text);
      cache.keep(found.lease, { status: 200, headers: [], body: Buffer.from(text) });
      return value;
    } catch (error) {
      cache.release(found.lease);
      throw error;
    }
  }

  clear(stage: string): void {
    this.cache.clear(stage);
  }
}
