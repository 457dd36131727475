import {
  JavaArray,
  JavaBigDecimal,
  JavaBigInteger,
  JavaDouble,
  JavaLong,
} from "@/server/toolkit/java/values";
import type { Budget } from "@/server/vtl/values/budget";
import {
  JavaCharacter,
  JavaFloat,
  JavaSmallInteger,
  MapEntry,
  MapView,
} from "@/server/vtl/values/java-objects";

/** Java's equals(): numbers of different classes differ, lists and maps are equal by content. */
export function javaEquals(a: unknown, b: unknown, budget: Budget, depth = 0): boolean {
  if (typeof a === "string" && typeof b === "string") return textEquals(a, b, budget);
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  budget.spend(1);
  budget.checkDepth(depth);
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a instanceof JavaArray || b instanceof JavaArray || a.length !== b.length)
      return false;
    return a.every((item, i) => javaEquals(item, b[i], budget, depth + 1));
  }
  if (a instanceof Map) return b instanceof Map && mapEquals(a, b, budget, depth);
  if (a instanceof MapView) return b instanceof MapView && viewEquals(a, b, budget, depth);
  if (a instanceof MapEntry) {
    return (
      b instanceof MapEntry &&
      javaEquals(a.key, b.key, budget, depth + 1) &&
      javaEquals(a.value, b.value, budget, depth + 1)
    );
  }
  return scalarEquals(a, b);
}

const SHORT_TEXT = 64;

/** Only texts of one length are read. */
function textEquals(a: string, b: string, budget: Budget): boolean {
  if (a.length !== b.length) return false;
  if (a.length > SHORT_TEXT) budget.text(a.length);
  return a === b;
}

function mapEquals(
  a: Map<unknown, unknown>,
  b: Map<unknown, unknown>,
  budget: Budget,
  depth: number,
): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const twin = findKey(b, key, budget);
    if (twin === undefined || !javaEquals(value, b.get(twin.key), budget, depth + 1)) return false;
  }
  return true;
}

function viewEquals(a: MapView, b: MapView, budget: Budget, depth: number): boolean {
  if (a.part === "values" || b.part === "values") return false;
  budget.copy(a.map.size + b.map.size);
  const others = b.items();
  const items = a.items();
  if (items.length !== others.length) return false;
  // Each looks through all the others.
  return items.every((item) => {
    budget.spend(1 + (others.length >> 4));
    return others.some((other) => javaEquals(item, other, budget, depth + 1));
  });
}

function scalarEquals(a: object, b: object): boolean {
  if (a instanceof JavaLong) return b instanceof JavaLong && a.value === b.value;
  if (a instanceof JavaBigInteger) return b instanceof JavaBigInteger && a.value === b.value;
  if (a instanceof JavaDouble) return b instanceof JavaDouble && Object.is(a.value, b.value);
  if (a instanceof JavaBigDecimal) {
    return b instanceof JavaBigDecimal && a.unscaled === b.unscaled && a.scale === b.scale;
  }
  if (a instanceof JavaCharacter) return b instanceof JavaCharacter && a.value === b.value;
  if (a instanceof JavaFloat) return b instanceof JavaFloat && Object.is(a.value, b.value);
  if (a instanceof JavaSmallInteger) {
    return b instanceof JavaSmallInteger && a.type === b.type && a.value === b.value;
  }
  return false;
}

/** The key of a map that equals the given one: itself for strings, Integers, Booleans and null. */
export function findKey(
  map: ReadonlyMap<unknown, unknown>,
  key: unknown,
  budget: Budget,
): { readonly key: unknown } | undefined {
  if (map.has(key)) return { key };
  if (typeof key !== "object" || key === null) return undefined;
  budget.spend(1 + (map.size >> 4));
  for (const existing of map.keys()) {
    if (typeof existing === "object" && javaEquals(existing, key, budget)) return { key: existing };
  }
  return undefined;
}

const wrap = (n: number): number => n | 0;

/** Java's hashCode(), for the classes that define one. */
export function javaHash(value: unknown, budget: Budget, depth = 0): number {
  budget.spend(1);
  budget.checkDepth(depth);
  if (value === null || value === undefined) return 0;
  if (typeof value === "string") {
    if (value.length > SHORT_TEXT) budget.text(value.length);
    return stringHash(value);
  }
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1231 : 1237;
  if (Array.isArray(value)) {
    if (value instanceof JavaArray) return 0x1b6d3586;
    return value.reduce(
      (hash: number, item) => wrap(Math.imul(31, hash) + javaHash(item, budget, depth + 1)),
      1,
    );
  }
  if (value instanceof Map) {
    let hash = 0;
    for (const [key, member] of value) {
      hash = wrap(hash + (javaHash(key, budget, depth + 1) ^ javaHash(member, budget, depth + 1)));
    }
    return hash;
  }
  if (value instanceof MapView) {
    return value.items().reduce((hash: number, item) => wrap(hash + javaHash(item, budget, depth + 1)), 0);
  }
  if (value instanceof MapEntry) {
    return javaHash(value.key, budget, depth + 1) ^ javaHash(value.value, budget, depth + 1);
  }
  return scalarHash(value);
}

function stringHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = wrap(Math.imul(31, hash) + text.charCodeAt(i));
  return hash;
}

function longHash(value: bigint): number {
  const bits = BigInt.asUintN(64, value);
  return wrap(Number((bits ^ (bits >> 32n)) & 0xffffffffn));
}

const view = new DataView(new ArrayBuffer(8));

function scalarHash(value: unknown): number {
  if (value instanceof JavaLong) return longHash(value.value);
  if (value instanceof JavaDouble) {
    // All NaN are one for Java's hash; the bits of JavaScript's may have a sign.
    view.setFloat64(0, value.value);
    if (Number.isNaN(value.value)) view.setBigUint64(0, 0x7ff8000000000000n);
    return longHash(view.getBigInt64(0));
  }
  if (value instanceof JavaFloat) {
    view.setFloat32(0, value.value);
    if (Number.isNaN(value.value)) view.setInt32(0, 0x7fc00000);
    return view.getInt32(0);
  }
  if (value instanceof JavaBigInteger) return bigIntegerHash(value.value);
  if (value instanceof JavaBigDecimal) return bigDecimalHash(value);
  if (value instanceof JavaCharacter) return value.value.charCodeAt(0);
  if (value instanceof JavaSmallInteger) return value.value;
  return 0x1b6d3586;
}

function bigIntegerHash(value: bigint): number {
  let magnitude = value < 0n ? -value : value;
  const words: number[] = [];
  for (; magnitude > 0n; magnitude >>= 32n) words.unshift(Number(magnitude & 0xffffffffn));
  const hash = words.reduce((sum, word) => wrap(Math.imul(31, sum) + word), 0);
  return value < 0n ? wrap(-hash) : hash;
}

function bigDecimalHash({ unscaled, scale }: JavaBigDecimal): number {
  const magnitude = unscaled < 0n ? -unscaled : unscaled;
  if (magnitude >= 1n << 63n) return wrap(Math.imul(31, bigIntegerHash(unscaled)) + scale);
  const high = wrap(Number(magnitude >> 32n));
  const mixed = wrap(Math.imul(high, 31) + Number(magnitude & 0xffffffffn));
  return wrap(Math.imul(31, unscaled < 0n ? -mixed : mixed) + scale);
}
