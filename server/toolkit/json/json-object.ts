import { DeferredMap } from "../java/deferred-map";
import type { JsonTape } from "./json-tape";
import type { Shape } from "./key-chain";

/**
 * An object of a JSON text, a Map to everybody who uses it. Its members are made when the first of them is asked for;
 * a hash table of its own it gets when it is changed or listed. Until then objects of one shape share that of the keys.
 */
export class JsonObject extends DeferredMap {
  private shape: Shape | null = null;
  private members: unknown[] | null = null;

  constructor(
    private readonly tape: JsonTape,
    private readonly entry: number,
  ) {
    super();
  }

  override get(key: unknown): unknown {
    if (this.table !== null) return this.table.get(key);
    if (this.members === null && !this.readShared()) return this.own().get(key);
    const place = (this.shape as Shape).places.get(key);
    return place === undefined ? undefined : (this.members as unknown[])[place];
  }

  override has(key: unknown): boolean {
    if (this.table !== null) return this.table.has(key);
    if (this.members === null && !this.readShared()) return this.own().has(key);
    return (this.shape as Shape).places.has(key);
  }

  override get size(): number {
    return this.table?.size ?? this.tape.chainOf(this.entry)?.count ?? 0;
  }

  /** What writeJson gives for it, where that is known: nobody has looked into it yet. */
  writtenText(): string | undefined {
    return this.members === null && this.table === null ? this.tape.writtenText(this.entry) : undefined;
  }

  /** Reads the members if other objects have the same keys; else sharing them is not worth it. */
  private readShared(): boolean {
    const chain = this.tape.chainOf(this.entry);
    if (chain === null || chain.uses < 2) return false;
    this.shape = chain.shape;
    this.members = this.tape.membersOf(this.entry, chain.count);
    return true;
  }

  protected override fill(table: Map<unknown, unknown>): void {
    const chain = this.tape.chainOf(this.entry);
    if (chain === null) return;
    const keys = this.shape?.keys ?? chain.keys();
    const members = this.members ?? this.tape.membersOf(this.entry, keys.length);
    for (let i = 0; i < keys.length; i += 1) table.set(keys[i], members[i]);
    this.members = null;
  }
}
