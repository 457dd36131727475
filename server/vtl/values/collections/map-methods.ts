import {
  elementsOf,
  indexOf,
  splice,
  viewIterator,
} from "@/server/vtl/values/collections/collection-support";
import { JavaStream } from "@/server/vtl/values/collections/java-stream";
import { toArray } from "@/server/vtl/values/collections/list-methods";
import type { CallEnvironment, MethodEntry } from "@/server/vtl/values/java-class";
import { findKey, javaEquals } from "@/server/vtl/values/java-equality";
import { nullPointer, unsupportedOperation } from "@/server/vtl/values/java-exception";
import {
  type JavaIterator,
  type MapEntry,
  MapView,
  noteChange,
  TypedArray,
} from "@/server/vtl/values/java-objects";

type JavaMap = Map<unknown, unknown>;

const SHORT_KEY = 64;
const ENTRY_UNITS = 24;

/** A long key is read as a whole. */
function chargeKey(key: unknown, { budget }: CallEnvironment): void {
  if (typeof key === "string" && key.length > SHORT_KEY) budget.text(key.length);
}

/** Map.get: null for a key that is not there. */
export function mapGet(map: JavaMap, key: unknown, env: CallEnvironment): unknown {
  if (typeof key !== "object" || key === null) {
    chargeKey(key, env);
    return map.get(key) ?? null;
  }
  const found = findKey(map, key, env.budget);
  return found === undefined ? null : (map.get(found.key) ?? null);
}

/** Map.put: the old value, or null. */
export function mapPut(map: JavaMap, key: unknown, value: unknown, env: CallEnvironment): unknown {
  chargeKey(key, env);
  const found = findKey(map, key, env.budget);
  if (found !== undefined) {
    const old = map.get(found.key) ?? null;
    map.set(found.key, value);
    return old;
  }
  env.budget.checkCollection(map.size + 1);
  env.budget.hold(ENTRY_UNITS);
  map.set(key, value);
  noteChange(map);
  return null;
}

function remove(map: JavaMap, key: unknown, env: CallEnvironment): unknown {
  const found = findKey(map, key, env.budget);
  if (found === undefined) return null;
  const old = map.get(found.key) ?? null;
  map.delete(found.key);
  noteChange(map);
  return old;
}

function clear(map: JavaMap): void {
  map.clear();
  noteChange(map);
}

function putAll(map: JavaMap, other: unknown, env: CallEnvironment): void {
  if (other === null) throw nullPointer("m");
  env.budget.copy((other as JavaMap).size);
  const entries = [...(other as JavaMap)];
  for (const [key, value] of entries) mapPut(map, key, value, env);
}

function containsValue(map: JavaMap, value: unknown, env: CallEnvironment): boolean {
  env.budget.copy(map.size);
  return indexOf([...map.values()], value, env) >= 0;
}

/** java.util.Map, as LinkedHashMap does it. */
export const mapMethods: readonly MethodEntry[] = [
  ["size(): int", (m) => m.size],
  ["isEmpty(): boolean", (m) => m.size === 0],
  ["get(Object): Object", (m, [key], env) => mapGet(m, key, env)],
  [
    "getOrDefault(Object, Object): Object",
    (m, [key, other], env) => (findKey(m, key, env.budget) ? mapGet(m, key, env) : other),
  ],
  ["put(Object, Object): Object", (m, [key, value], env) => mapPut(m, key, value, env)],
  [
    "putIfAbsent(Object, Object): Object",
    (m, [key, value], env) => mapGet(m, key, env) ?? mapPut(m, key, value, env),
  ],
  ["putAll(Map): void", (m, [other], env) => putAll(m, other, env)],
  ["remove(Object): Object", (m, [key], env) => remove(m, key, env)],
  [
    "remove(Object, Object): boolean",
    (m, [key, value], env) => {
      if (!findKey(m, key, env.budget) || !javaEquals(mapGet(m, key, env), value, env.budget)) return false;
      remove(m, key, env);
      return true;
    },
  ],
  [
    "replace(Object, Object): Object",
    (m, [key, value], env) => (findKey(m, key, env.budget) ? mapPut(m, key, value, env) : null),
  ],
  [
    "replace(Object, Object, Object): boolean",
    (m, [key, old, value], env) => {
      if (!findKey(m, key, env.budget) || !javaEquals(mapGet(m, key, env), old, env.budget)) return false;
      mapPut(m, key, value, env);
      return true;
    },
  ],
  ["clear(): void", (m) => clear(m)],
  ["containsKey(Object): boolean", (m, [key], env) => findKey(m, key, env.budget) !== undefined],
  ["containsValue(Object): boolean", (m, [value], env) => containsValue(m, value, env)],
  ["keySet(): Set", (m) => new MapView(m, "keys")],
  ["values(): Collection", (m) => new MapView(m, "values")],
  ["entrySet(): Set", (m) => new MapView(m, "entries")],
];

/** What HashMap adds to Map. */
export const hashMapMethods: readonly MethodEntry[] = [
  [
    "clone(): Object",
    (m: JavaMap, _args, env) => {
      env.budget.copy(m.size);
      env.budget.hold(m.size * ENTRY_UNITS);
      return new Map(m);
    },
  ],
];

function refuse(): never {
  throw unsupportedOperation();
}

function removeFromView(view: MapView, item: unknown, env: CallEnvironment): boolean {
  const index = indexOf(itemsOf(view, env), item, env);
  if (index < 0) return false;
  view.map.delete([...view.map.keys()][index]);
  noteChange(view.map);
  return true;
}

/** The elements of a view, which are put together for it. */
function itemsOf(view: MapView, env: CallEnvironment): unknown[] {
  env.budget.copy(view.map.size);
  return view.items();
}

function keepInView(view: MapView, env: CallEnvironment, keep: (item: unknown) => boolean): boolean {
  const keys = [...view.map.keys()];
  const dropped = itemsOf(view, env).flatMap((item, i) => (keep(item) ? [] : [keys[i]]));
  for (const key of dropped) view.map.delete(key);
  if (dropped.length > 0) noteChange(view.map);
  return dropped.length > 0;
}

/** keySet(), values() and entrySet(): elements can be removed, and then leave the map, but not added. */
export const viewMethods: readonly MethodEntry[] = [
  ["size(): int", (v: MapView) => v.map.size],
  ["isEmpty(): boolean", (v: MapView) => v.map.size === 0],
  ["contains(Object): boolean", (v: MapView, [item], env) => indexOf(itemsOf(v, env), item, env) >= 0],
  [
    "containsAll(Collection): boolean",
    (v: MapView, [items], env) => {
      const own = itemsOf(v, env);
      return elementsOf(items, env).every((item) => indexOf(own, item, env) >= 0);
    },
  ],
  ["iterator(): Iterator", (v: MapView, _args, env) => viewIterator(v, env)],
  ["toArray(): Object[]", (v: MapView, _args, env) => TypedArray.containing(itemsOf(v, env), "Object")],
  ["toArray(Object[]): Object[]", (v: MapView, [array], env) => toArray(itemsOf(v, env), array)],
  ["stream(): Stream", (v: MapView, _args, env) => new JavaStream(itemsOf(v, env))],
  ["add(Object): boolean", refuse],
  [
    "addAll(Collection): boolean",
    (_v, [items], env) => (elementsOf(items, env).length === 0 ? false : refuse()),
  ],
  ["remove(Object): boolean", (v: MapView, [item], env) => removeFromView(v, item, env)],
  [
    "removeAll(Collection): boolean",
    (v: MapView, [items], env) => {
      const out = [...elementsOf(items, env)];
      return keepInView(v, env, (item) => indexOf(out, item, env) < 0);
    },
  ],
  [
    "retainAll(Collection): boolean",
    (v: MapView, [items], env) => {
      const kept = [...elementsOf(items, env)];
      return keepInView(v, env, (item) => indexOf(kept, item, env) >= 0);
    },
  ],
  ["clear(): void", (v: MapView) => clear(v.map)],
];

export const entryMethods: readonly MethodEntry[] = [
  ["getKey(): Object", (e: MapEntry) => e.key],
  ["getValue(): Object", (e: MapEntry) => e.value],
  [
    "setValue(Object): Object",
    (e: MapEntry, [value]) => {
      const old = e.value;
      e.map.set(e.key, value);
      return old;
    },
  ],
];

export const iteratorMethods: readonly MethodEntry[] = [
  ["hasNext(): boolean", (i: JavaIterator) => i.hasNext()],
  ["next(): Object", (i: JavaIterator) => i.next()],
  [
    "remove(): void",
    (i: JavaIterator, _args, env) => {
      env.budget.copy((i.source.list ?? []).length);
      i.remove();
    },
  ],
];

export const listIteratorMethods: readonly MethodEntry[] = [
  ["hasPrevious(): boolean", (i: JavaIterator) => i.cursor > 0],
  ["previous(): Object", (i: JavaIterator) => i.previous()],
  ["nextIndex(): int", (i: JavaIterator) => i.cursor],
  ["previousIndex(): int", (i: JavaIterator) => i.cursor - 1],
  ["set(Object): void", (i: JavaIterator, [value]) => i.set(value)],
  [
    "add(Object): void",
    (i: JavaIterator, [value], env) => {
      env.budget.copy((i.source.list ?? []).length);
      i.add(value, (list, index, item) => splice(list, { index, remove: 0, insert: [item] }));
    },
  ],
];
