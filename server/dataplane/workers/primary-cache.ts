import type { MemoryResponseCache } from "@/server/adapters/response-cache/memory-response-cache";
import type { CachedAnswer, CacheFind, CacheLease, CacheName } from "@/server/gateway/ports";

/** `leftMs`: how long a worker may answer from it without asking. */
export type FoundInPrimary = CacheFind & { readonly leftMs?: number };

/** A cache of all workers, in the primary: knows who makes which entry, and takes the task from a worker that is gone. */
export class PrimaryCache<Holder extends object> {
  readonly #leases = new Map<Holder, Set<CacheLease>>();

  constructor(
    private readonly cache: MemoryResponseCache,
    /** What workers keep of a stage's entries is no longer true. */
    private readonly onForgotten: (stage: string) => void,
  ) {}

  find(holder: Holder, name: CacheName): FoundInPrimary | Promise<FoundInPrimary> {
    const found = this.cache.find(name);
    if (found instanceof Promise) return found.then((late) => this.#noted(holder, late));
    if ("answer" in found) return { ...found, leftMs: this.cache.leftMs(name) };
    return this.#noted(holder, found);
  }

  replace(holder: Holder, name: CacheName): CacheLease {
    const lease = this.cache.replace(name);
    this.#noted(holder, { lease });
    this.onForgotten(name.stage);
    return lease;
  }

  keep(holder: Holder, lease: CacheLease, answer: CachedAnswer): void {
    this.#leases.get(holder)?.delete(lease);
    this.cache.keep(lease, answer);
  }

  release(holder: Holder, lease: CacheLease): void {
    this.#leases.get(holder)?.delete(lease);
    this.cache.release(lease);
  }

  clear(stage: string): void {
    this.cache.clear(stage);
    this.onForgotten(stage);
  }

  add(holder: Holder): void {
    this.#leases.set(holder, new Set());
  }

  remove(holder: Holder): void {
    const leases = this.#leases.get(holder);
    this.#leases.delete(holder);
    for (const lease of leases ?? []) this.cache.release(lease);
  }

  get held(): { bytes: number; entries: number } {
    return this.cache.held;
  }

  #noted(holder: Holder, found: CacheFind): CacheFind {
    if (!("lease" in found)) return found;
    const leases = this.#leases.get(holder);
    if (leases) leases.add(found.lease);
    // It went while it waited: nobody will make the entry.
    else this.cache.release(found.lease);
    return found;
  }
}
