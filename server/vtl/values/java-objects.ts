import { JavaArray } from "@/server/toolkit/java/values";
import type { JavaClass } from "@/server/vtl/values/java-class";
import { concurrentModification, JavaException } from "@/server/vtl/values/java-exception";

export { JavaArray };

/** java.lang.Character. */
export class JavaCharacter {
  constructor(readonly value: string) {}
}

/** java.lang.Byte and java.lang.Short. */
export class JavaSmallInteger {
  constructor(
    readonly type: "byte" | "short",
    readonly value: number,
  ) {}
}

/** java.lang.Float; `value` is already rounded to a float. */
export class JavaFloat {
  constructor(readonly value: number) {}
}

const changes: unique symbol = Symbol("structural changes");
type Counted = { [changes]?: number };

/** How often elements were added or removed: a loop running meanwhile notices, as Java's iterators do. */
export function changeCount(collection: object): number {
  return (collection as Counted)[changes] ?? 0;
}

export function noteChange(collection: object): void {
  const counted = collection as Counted;
  counted[changes] = (counted[changes] ?? 0) + 1;
}

/** Names of the classes of arrays, by what the arrays hold. */
export const arrayClassNames: Readonly<Record<string, string>> = {
  String: "[Ljava.lang.String;",
  Object: "[Ljava.lang.Object;",
  BigInteger: "[Ljava.math.BigInteger;",
  BigDecimal: "[Ljava.math.BigDecimal;",
  char: "[C",
  byte: "[B",
};

/** A Java array that knows what it is an array of, such as `String` or `char`. */
export class TypedArray extends JavaArray {
  component = "Object";

  static containing(items: readonly unknown[], component: string): TypedArray {
    const array = new TypedArray();
    for (const item of items) array.push(item);
    array.component = component;
    return array;
  }
}

/** A part of a list (List.subList). What is added, set or removed in it changes the whole list too. */
export class SubList extends Array<unknown> {
  parent: unknown[] = [];
  offset = 0;

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** Whether it is a part of an array in the end, to which nothing can be added. */
  get isFixed(): boolean {
    return this.parent instanceof SubList ? this.parent.isFixed : this.parent instanceof JavaArray;
  }

  static between(parent: unknown[], from: number, to: number): SubList {
    const list = new SubList();
    for (let i = from; i < to; i++) list.push(parent[i]);
    list.parent = parent;
    list.offset = from;
    return list;
  }
}

/** One member of a map (Map.Entry); reads and writes the map. */
export class MapEntry {
  constructor(
    readonly map: Map<unknown, unknown>,
    readonly key: unknown,
  ) {}

  get value(): unknown {
    return this.map.get(this.key) ?? null;
  }
}

/** keySet(), values() and entrySet() of a map: they show the map as it is at the moment. */
export class MapView {
  constructor(
    readonly map: Map<unknown, unknown>,
    readonly part: "keys" | "values" | "entries",
  ) {}

  items(): unknown[] {
    const { map, part } = this;
    if (part === "keys") return [...map.keys()];
    if (part === "values") return [...map.values()];
    const entries: MapEntry[] = [];
    for (const key of map.keys()) entries.push(new MapEntry(map, key));
    return entries;
  }
}

/** What an iterator walks over. */
export type Iterated = {
  /** The object whose changes end the walk with an error. */
  readonly owner: object;
  /** Whether the number of elements is asked for anew each time, as lists do. */
  readonly list: unknown[] | null;
  readonly items: readonly unknown[];
  remove(index: number): void;
};

/** java.util.Iterator and ListIterator. */
export class JavaIterator {
  cursor = 0;
  private last = -1;
  private expected: number;

  constructor(
    readonly source: Iterated,
    readonly className: string,
  ) {
    this.expected = changeCount(source.owner);
  }

  hasNext(): boolean {
    const { list, items } = this.source;
    return list === null ? this.cursor < items.length : this.cursor !== list.length;
  }

  next(): unknown {
    this.checkUnchanged();
    const { list, items } = this.source;
    const all = list ?? items;
    if (this.cursor >= all.length) throw new JavaException("java.util.NoSuchElementException", null);
    this.last = this.cursor++;
    return all[this.last];
  }

  previous(): unknown {
    this.checkUnchanged();
    if (this.cursor <= 0) throw new JavaException("java.util.NoSuchElementException", null);
    this.last = --this.cursor;
    return (this.source.list ?? this.source.items)[this.last];
  }

  /** Removes the element returned last. */
  remove(): void {
    if (this.last < 0) throw new JavaException("java.lang.IllegalStateException", null);
    this.checkUnchanged();
    this.source.remove(this.last);
    if (this.source.list !== null) this.cursor = this.last;
    this.last = -1;
    this.expected = changeCount(this.source.owner);
  }

  /** Puts a value before the element that comes next (ListIterator). */
  add(value: unknown, insert: (list: unknown[], index: number, value: unknown) => void): void {
    if (this.source.list === null) throw new JavaException("java.lang.IllegalStateException", null);
    this.checkUnchanged();
    insert(this.source.list, this.cursor++, value);
    this.last = -1;
    this.expected = changeCount(this.source.owner);
  }

  /** Puts a value in place of the element returned last (ListIterator). */
  set(value: unknown): void {
    if (this.last < 0 || this.source.list === null)
      throw new JavaException("java.lang.IllegalStateException", null);
    this.source.list[this.last] = value;
  }

  private checkUnchanged(): void {
    if (changeCount(this.source.owner) !== this.expected) throw concurrentModification();
  }
}

/** An object of the engine or of a binding with methods of its own, such as `$input` or `$foreach`. */
export abstract class TemplateObject {
  abstract readonly javaClass: JavaClass;
  /** The text it prints as; null where its toString() gives null. */
  abstract toText(): string | null;
}

/** Thrown (not an Error: no stack is recorded) by #stop and #break up to the construct they leave. */
export class StopSignal {
  /** `"all"` ends the template; `"nearest"` the first construct that can be left; else that very one. */
  constructor(readonly target: "all" | "nearest" | object) {}

  leaves(construct: object): boolean {
    return this.target === "nearest" || this.target === construct;
  }
}
