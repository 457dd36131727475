type Weighed<V> = { readonly value: V; readonly weight: number };

/** A map that keeps the most recently used entries whose weights together are at most `bound`, and forgets the rest. */
export class WeightedLru<K, V> {
  readonly #entries = new Map<K, Weighed<V>>();
  #weight = 0;
  #bound: number;

  constructor(bound: number) {
    this.#bound = bound;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Of all entries together. */
  get weight(): number {
    return this.#weight;
  }

  /** A lower bound than before forgets at once. */
  set bound(bound: number) {
    this.#bound = bound;
    this.#shrink();
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
    if (weight > this.#bound) return;
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    this.#shrink();
  }

  delete(key: K): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#weight -= entry.weight;
  }

  #shrink(): void {
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#bound) return;
      this.delete(oldest);
    }
  }
}
