import type { JsonTape } from "./json-tape";
import type { Shape } from "./key-chain";

/**
 * An object of a JSON text, a Map to everybody who uses it. Its members are made when the first of them is asked for;
 * a hash table of its own it gets when it is changed or listed. Until then objects of one shape share that of the keys.
 */
export class JsonObject implements Map<unknown, unknown> {
  private shape: Shape | null = null;
  private members: unknown[] | null = null;
  private map: Map<unknown, unknown> | null = null;

  constructor(
    private readonly tape: JsonTape,
    private readonly entry: number,
  ) {}

  get(key: unknown): unknown {
    if (this.map !== null) return this.map.get(key);
    if (this.members === null && !this.readShared()) return this.own().get(key);
    const place = (this.shape as Shape).places.get(key);
    return place === undefined ? undefined : (this.members as unknown[])[place];
  }

  has(key: unknown): boolean {
    if (this.map !== null) return this.map.has(key);
    if (this.members === null && !this.readShared()) return this.own().has(key);
    return (this.shape as Shape).places.has(key);
  }

  get size(): number {
    return this.map?.size ?? this.tape.chainOf(this.entry)?.count ?? 0;
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

  /** What writeJson gives for it, where that is known: nobody has looked into it yet. */
  writtenText(): string | undefined {
    return this.members === null && this.map === null ? this.tape.writtenText(this.entry) : undefined;
  }

  /** Reads the members if other objects have the same keys; else sharing them is not worth it. */
  private readShared(): boolean {
    const chain = this.tape.chainOf(this.entry);
    if (chain === null || chain.uses < 2) return false;
    this.shape = chain.shape;
    this.members = this.tape.membersOf(this.entry, chain.count);
    return true;
  }

  private own(): Map<unknown, unknown> {
    if (this.map !== null) return this.map;
    const map = new Map<unknown, unknown>();
    const chain = this.tape.chainOf(this.entry);
    if (chain !== null) {
      const keys = this.shape?.keys ?? chain.keys();
      const members = this.members ?? this.tape.membersOf(this.entry, keys.length);
      for (let i = 0; i < keys.length; i += 1) map.set(keys[i], members[i]);
    }
    this.map = map;
    this.members = null;
    return map;
  }
}

// `instanceof Map` holds, though no hash table is made for it as Map's constructor would.
Object.setPrototypeOf(JsonObject.prototype, Map.prototype);
