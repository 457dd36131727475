/**
 * A Map that makes its hash table when it is first needed. Many objects of payloads and scopes of loops never need one,
 * and making one takes longer than all else that is done for them. `instanceof Map` holds.
 */
export class DeferredMap implements Map<unknown, unknown> {
  protected table: Map<unknown, unknown> | null = null;

  /** The members at the beginning: put into the table when it is made. */
  protected fill(_table: Map<unknown, unknown>): void {}

  protected own(): Map<unknown, unknown> {
    if (this.table === null) {
      const table = new Map<unknown, unknown>();
      this.fill(table);
      this.table = table;
    }
    return this.table;
  }

  get(key: unknown): unknown {
    return this.own().get(key);
  }

  has(key: unknown): boolean {
    return this.own().has(key);
  }

  get size(): number {
    return this.own().size;
  }

  set(key: unknown, value: unknown): this {
    this.own().set(key, value);
    return this;
  }

  delete(key: unknown): boolean {
    return this.own().delete(key);
  }

  clear(): void {
    this.own().clear();
  }

  keys(): MapIterator<unknown> {
    return this.own().keys();
  }

  values(): MapIterator<unknown> {
    return this.own().values();
  }

  entries(): MapIterator<[unknown, unknown]> {
    return this.own().entries();
  }

  forEach(visit: (value: unknown, key: unknown, map: Map<unknown, unknown>) => void, self?: unknown): void {
    for (const [key, value] of this.own()) visit.call(self, value, key, this);
  }

  [Symbol.iterator](): MapIterator<[unknown, unknown]> {
    return this.own().entries();
  }

  get [Symbol.toStringTag](): string {
    return "Map";
  }
}

Object.setPrototypeOf(DeferredMap.prototype, Map.prototype);
