import type { CallEnvironment } from "@/server/vtl/values/java-class";
import { javaEquals } from "@/server/vtl/values/java-equality";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";
import {
  JavaCharacter,
  JavaIterator,
  MapEntry,
  MapView,
  noteChange,
  SubList,
} from "@/server/vtl/values/java-objects";
import { compareNumbers, isJavaNumber } from "@/server/vtl/values/numbers/arithmetic";

/** The elements of a Collection argument. */
export function elementsOf(
  collection: unknown,
  { budget }: Pick<CallEnvironment, "budget">,
): readonly unknown[] {
  if (collection === null) throw nullPointer("c");
  const items = collection instanceof MapView ? collection.items() : (collection as unknown[]);
  budget.copy(items.length);
  return items;
}

export function indexOf(items: readonly unknown[], wanted: unknown, env: CallEnvironment): number {
  env.budget.spend(1 + (items.length >> 4));
  return items.findIndex((item) => javaEquals(item, wanted, env.budget));
}

export function lastIndexOf(items: readonly unknown[], wanted: unknown, env: CallEnvironment): number {
  env.budget.spend(1 + (items.length >> 4));
  return items.findLastIndex((item) => javaEquals(item, wanted, env.budget));
}

/** Removes and inserts elements; a part of a list does the same to the whole one. */
export function splice(
  list: unknown[],
  at: { index: number; remove: number; insert?: readonly unknown[] },
): void {
  const insert = at.insert ?? [];
  if (insert.length <= 1) {
    list.splice(at.index, at.remove, ...insert);
  } else {
    // Long lists are not spread as arguments: the engine's stack is limited.
    const tail = list.splice(at.index).slice(at.remove);
    for (const item of insert) list.push(item);
    for (const item of tail) list.push(item);
  }
  noteChange(list);
  if (list instanceof SubList) splice(list.parent, { ...at, index: at.index + list.offset });
}

export function listIterator(list: unknown[], className: string, from = 0): JavaIterator {
  const iterator = new JavaIterator(
    { owner: list, list, items: list, remove: (index) => splice(list, { index, remove: 1 }) },
    className,
  );
  iterator.cursor = from;
  return iterator;
}

const viewIterators = {
  keys: "LinkedKeyIterator",
  values: "LinkedValueIterator",
  entries: "LinkedEntryIterator",
};

export function viewIterator(view: MapView, env: Pick<CallEnvironment, "budget">): JavaIterator {
  // Keys and items are copied; entries are objects.
  env.budget.copy(view.map.size);
  env.budget.hold(view.map.size * 16);
  const items = view.items();
  const keys = view.part === "values" ? [...view.map.keys()] : items;
  return new JavaIterator(
    {
      owner: view.map,
      list: null,
      items,
      remove: (index) => {
        const key = keys[index];
        view.map.delete(key instanceof MapEntry && view.part === "entries" ? key.key : key);
        noteChange(view.map);
      },
    },
    `java.util.LinkedHashMap$${viewIterators[view.part]}`,
  );
}

/** Natural order of two elements, as Collections.sort(list) asks for. Throws ClassCastException for mixed classes. */
export function compareNatural(a: unknown, b: unknown, env: CallEnvironment): number {
  env.budget.spend(1);
  if (a === null || b === null) throw nullPointer("a");
  if (env.classOf(a) !== env.classOf(b)) throw notComparable(a, b, env);
  if (typeof a === "string") return a < (b as string) ? -1 : a > (b as string) ? 1 : 0;
  if (typeof a === "boolean") return Number(a) - Number(b);
  if (isJavaNumber(a) && isJavaNumber(b)) return compareNumbers(a, b);
  if (a instanceof JavaCharacter) return a.value < (b as JavaCharacter).value ? -1 : 1;
  throw notComparable(a, b, env);
}

function notComparable(a: unknown, b: unknown, env: CallEnvironment): JavaException {
  const message = `class ${env.classOf(a).name} cannot be cast to class ${env.classOf(b).name}`;
  return new JavaException("java.lang.ClassCastException", message);
}
