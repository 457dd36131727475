import { JavaArray, JsonArray } from "@/server/toolkit/java/values";
import {
  compareNatural,
  elementsOf,
  indexOf,
  lastIndexOf,
  listIterator,
  splice,
} from "@/server/vtl/values/collections/collection-support";
import { JavaStream } from "@/server/vtl/values/collections/java-stream";
import type { CallEnvironment, MethodEntry } from "@/server/vtl/values/java-class";
import {
  indexOutOfBounds,
  JavaException,
  nullPointer,
  unsupportedOperation,
} from "@/server/vtl/values/java-exception";
import {
  JavaCharacter,
  JavaSmallInteger,
  noteChange,
  SubList,
  TypedArray,
} from "@/server/vtl/values/java-objects";
import { jsonText } from "@/server/vtl/values/json-text";

type List = unknown[];

function checkIndex(list: List, index: number): void {
  if (index < 0 || index >= list.length) throw indexOutOfBounds(index, list.length);
}

function checkPosition(list: List, index: number): void {
  if (index < 0 || index > list.length) {
    throw new JavaException("java.lang.IndexOutOfBoundsException", `Index: ${index}, Size: ${list.length}`);
  }
}

function insert(list: List, index: number, items: readonly unknown[], env: CallEnvironment): boolean {
  checkPosition(list, index);
  env.budget.checkCollection(list.length + items.length);
  // What stands behind the place is moved.
  env.budget.copy(items.length + list.length - index);
  splice(list, { index, remove: 0, insert: [...items] });
  return items.length > 0;
}

function append(list: List, item: unknown, env: CallEnvironment): boolean {
  env.budget.checkCollection(list.length + 1);
  env.budget.hold(8);
  if (list instanceof SubList) return insert(list, list.length, [item], env);
  list.push(item);
  noteChange(list);
  return true;
}

function set(list: List, index: number, item: unknown): unknown {
  checkIndex(list, index);
  const old = list[index];
  list[index] = item;
  if (list instanceof SubList) set(list.parent, index + list.offset, item);
  return old;
}

function removeAt(list: List, index: number, env: CallEnvironment): unknown {
  checkIndex(list, index);
  const old = list[index];
  chargeMove(list, index, env);
  splice(list, { index, remove: 1 });
  return old;
}

/** Taking an element out moves those behind it. */
function chargeMove(list: List, index: number, env: CallEnvironment): void {
  env.budget.spend((list.length - index) >> 4);
}

function removeItem(list: List, item: unknown, env: CallEnvironment): boolean {
  const index = indexOf(list, item, env);
  if (index >= 0) {
    chargeMove(list, index, env);
    splice(list, { index, remove: 1 });
  }
  return index >= 0;
}

function keepWhere(list: List, keep: (item: unknown) => boolean): boolean {
  const kept = list.filter(keep);
  if (kept.length === list.length) return false;
  splice(list, { index: 0, remove: list.length, insert: kept });
  return true;
}

function subList(list: List, [from, to]: [number, number], env: CallEnvironment): SubList {
  if (from < 0) throw new JavaException("java.lang.IndexOutOfBoundsException", `fromIndex = ${from}`);
  if (to > list.length) throw new JavaException("java.lang.IndexOutOfBoundsException", `toIndex = ${to}`);
  if (from > to) {
    throw new JavaException("java.lang.IllegalArgumentException", `fromIndex(${from}) > toIndex(${to})`);
  }
  env.budget.copy(to - from);
  return SubList.between(list, from, to);
}

function sort(list: List, comparator: unknown, env: CallEnvironment): void {
  if (comparator !== null) throw nullPointer("comparator");
  env.budget.copy(list.length);
  const sorted = list.toSorted((a, b) => compareNatural(a, b, env));
  for (let i = 0; i < sorted.length; i++) list[i] = sorted[i];
  noteChange(list);
}

function iteratorName(list: List): string {
  if (!(list instanceof SubList)) return "java.util.ArrayList$Itr";
  return list.isFixed ? "java.util.AbstractList$SubList$1" : "java.util.ArrayList$SubList$1";
}

function listIteratorAt(list: List, index: number): unknown {
  if (index < 0 || index > list.length) {
    throw new JavaException("java.lang.IndexOutOfBoundsException", `Index: ${index}`);
  }
  return listIterator(list, listIteratorName(list), index);
}

function listIteratorName(list: List): string {
  if (list instanceof SubList) return iteratorName(list);
  return list instanceof JavaArray ? "java.util.AbstractList$ListItr" : "java.util.ArrayList$ListItr";
}

/** A list that is about to be copied. */
function copied(list: List, env: CallEnvironment): List {
  env.budget.copy(list.length);
  return list;
}

/** toArray(array): the elements in an array of the given one's type. */
export function toArray(items: readonly unknown[], array: unknown): TypedArray {
  if (array === null) throw nullPointer("a");
  const given = array as JavaArray;
  if (
    given instanceof TypedArray &&
    given.component === "String" &&
    items.some((item) => typeof item !== "string")
  ) {
    throw new JavaException("java.lang.ArrayStoreException", "element type mismatch");
  }
  const filled = [...items, ...(given.length > items.length ? [null, ...given.slice(items.length + 1)] : [])];
  return TypedArray.containing(filled, given instanceof TypedArray ? given.component : "Object");
}

/** java.util.List, as ArrayList does it. */
export const listMethods: readonly MethodEntry[] = [
  ["size(): int", (l) => l.length],
  ["isEmpty(): boolean", (l) => l.length === 0],
  [
    "get(int): Object",
    (l, [index]) => {
      checkIndex(l, index);
      return l[index];
    },
  ],
  ["set(int, Object): Object", (l, [index, item]) => set(l, index, item)],
  ["add(Object): boolean", (l, [item], env) => append(l, item, env)],
  ["add(int, Object): void", (l, [index, item], env) => insert(l, index, [item], env)],
  ["addAll(Collection): boolean", (l, [items], env) => insert(l, l.length, elementsOf(items, env), env)],
  [
    "addAll(int, Collection): boolean",
    (l, [index, items], env) => insert(l, index, elementsOf(items, env), env),
  ],
  ["remove(int): Object", (l, [index], env) => removeAt(l, index, env)],
  ["remove(Object): boolean", (l, [item], env) => removeItem(l, item, env)],
  [
    "removeAll(Collection): boolean",
    (l, [items], env) => {
      const out = [...elementsOf(items, env)];
      return keepWhere(l, (item) => indexOf(out, item, env) < 0);
    },
  ],
  [
    "retainAll(Collection): boolean",
    (l, [items], env) => {
      const kept = [...elementsOf(items, env)];
      return keepWhere(l, (item) => indexOf(kept, item, env) >= 0);
    },
  ],
  ["clear(): void", (l) => splice(l, { index: 0, remove: l.length })],
  ["contains(Object): boolean", (l, [item], env) => indexOf(l, item, env) >= 0],
  [
    "containsAll(Collection): boolean",
    (l, [items], env) => elementsOf(items, env).every((item) => indexOf(l, item, env) >= 0),
  ],
  ["indexOf(Object): int", (l, [item], env) => indexOf(l, item, env)],
  ["lastIndexOf(Object): int", (l, [item], env) => lastIndexOf(l, item, env)],
  ["subList(int, int): List", (l, [from, to], env) => subList(l, [from, to], env)],
  ["iterator(): Iterator", (l) => listIterator(l, iteratorName(l))],
  ["listIterator(): ListIterator", (l) => listIteratorAt(l, 0)],
  ["listIterator(int): ListIterator", (l, [index]) => listIteratorAt(l, index)],
  ["toArray(): Object[]", (l, _args, env) => TypedArray.containing(copied(l, env), "Object")],
  ["toArray(Object[]): Object[]", (l, [array], env) => toArray(copied(l, env), array)],
  ["stream(): Stream", (l, _args, env) => new JavaStream([...copied(l, env)])],
  ["sort(Comparator): void", (l, [comparator], env) => sort(l, comparator, env)],
];

/** What ArrayList adds to List. */
export const arrayListMethods: readonly MethodEntry[] = [
  [
    "clone(): Object",
    (l, _args, env) =>
      l instanceof JsonArray ? JsonArray.fromList(copied(l, env)) : [...copied(l as List, env)],
  ],
  ["trimToSize(): void", (l) => noteChange(l)],
  ["ensureCapacity(int): void", (l) => noteChange(l)],
];

/** What json-smart's JSONArray adds to ArrayList. */
export const jsonArrayMethods: readonly MethodEntry[] = [
  [
    "toJSONString(): String",
    (l, _args, env) => jsonText(l, { escapeSlash: true, toText: (v) => env.toText(v) }, env.budget),
  ],
  [
    "static toJSONString(List): String",
    (_l, [list], env) => jsonText(list, { escapeSlash: true, toText: (v) => env.toText(v) }, env.budget),
  ],
  [
    "appendElement(Object): JSONArray",
    (l, [item], env) => {
      append(l, item, env);
      return l;
    },
  ],
  [
    "merge(Object): void",
    (l, [other], env) => {
      if (other instanceof JsonArray) insert(l, l.length, other, env);
      else if (other !== null) append(l, other, env);
    },
  ],
  // No template has a JSONStyle; a null could be either, which no method is found for.
  ["static toJSONString(JSONStyle): String", () => null],
];

function refuse(): never {
  throw unsupportedOperation();
}

/** Whether an array can hold a value. */
function fits(array: List, item: unknown): boolean {
  const component = array instanceof TypedArray ? array.component : "Object";
  if (component === "char") return item instanceof JavaCharacter;
  if (component === "byte") return item instanceof JavaSmallInteger && item.type === "byte";
  return component !== "String" || item === null || typeof item === "string";
}

/** A list over a Java array: elements can be read and replaced, but none added or removed. */
export const fixedListMethods: readonly MethodEntry[] = [
  ["add(Object): boolean", refuse],
  ["add(int, Object): void", refuse],
  [
    "addAll(int, Collection): boolean",
    (l, [index, items], env) => {
      checkPosition(l, index);
      return elementsOf(items, env).length === 0 ? false : refuse();
    },
  ],
  [
    "addAll(Collection): boolean",
    (_l, [items], env) => (elementsOf(items, env).length === 0 ? false : refuse()),
  ],
  ["remove(int): Object", refuse],
  ["remove(Object): boolean", (l, [item], env) => (indexOf(l, item, env) < 0 ? false : refuse())],
  ["clear(): void", (l) => (l.length === 0 ? undefined : refuse())],
  [
    "removeAll(Collection): boolean",
    (l, [items], env) => {
      const out = elementsOf(items, env);
      return l.some((item: unknown) => indexOf(out, item, env) >= 0) ? refuse() : false;
    },
  ],
  [
    "retainAll(Collection): boolean",
    (l, [items], env) => {
      const kept = elementsOf(items, env);
      return l.some((item: unknown) => indexOf(kept, item, env) < 0) ? refuse() : false;
    },
  ],
  [
    "iterator(): Iterator",
    (l) => listIterator(l, l instanceof SubList ? iteratorName(l) : "java.util.AbstractList$Itr"),
  ],
  [
    "set(int, Object): Object",
    (l, [index, item]) => {
      if (index < 0 || index >= l.length)
        throw new JavaException(
          "java.lang.ArrayIndexOutOfBoundsException",
          `Index ${index} out of bounds for length ${l.length}`,
        );
      if (!fits(l, item)) {
        throw new JavaException("java.lang.IllegalArgumentException", "array element type mismatch");
      }
      return set(l, index, item);
    },
  ],
  ...listMethods,
];
