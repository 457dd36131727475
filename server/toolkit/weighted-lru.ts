type Weighed<V> = { readonly value: V; readonly weight: number };

/** A map that keeps the most recently used entries whose weights together are at most `bound`, and forgets the rest. */
export class WeightedLru<K, V> {
  readonly #entries = new Map<K, Weighed<V>>();
  #weight = 0;

  constructor(readonly bound: number) {}

  get size(): number {
    return this.#entries.size;
  }

  /** Of all entries together. */
  get weight(): number {
    return this.#weight;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Keeps nothing under `key` if `weight` alone is above the bound; others stay then. */
  set(key: K, value: V, weight: number): void {
    this.delete(key);
    if (weight > this.bound) return;
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    while (this.#weight > this.bound) this.deleteOldest();
  }

  delete(key: K): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#weight -= entry.weight;
  }

  /** Forgets the entry that was used least recently, if there is one. */
  deleteOldest(): void {
    for (const oldest of this.#entries.keys()) {
      this.delete(oldest);
      return;
    }
  }
}
