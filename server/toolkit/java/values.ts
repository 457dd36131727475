import { formatBigDecimal } from "./format-big-decimal";
import { formatDouble } from "./format-double";

export { formatBigDecimal, formatDouble };

/**
 * The Java values a mapping template can hold, as JavaScript values.
 *
 * null → null, Boolean → boolean, String → string (UTF-16, as in Java), Integer → number (always an
 * int32; no other plain number is ever a value), Map → Map, ArrayList → array. Everything else Java
 * tells apart has a class below. No plain object is ever a value.
 */
export type JavaValue = unknown;

/** java.lang.Long: an int64. */
export class JavaLong {
  constructor(readonly value: bigint) {}
  toString(): string {
    return this.value.toString();
  }
}

/** java.math.BigInteger. */
export class JavaBigInteger {
  constructor(readonly value: bigint) {}
  toString(): string {
    return this.value.toString();
  }
}

/** java.lang.Double, also where the number is whole. */
export class JavaDouble {
  constructor(readonly value: number) {}
  toString(): string {
    return formatDouble(this.value);
  }
}

/** java.math.BigDecimal: unscaled × 10^-scale. */
export class JavaBigDecimal {
  constructor(
    readonly unscaled: bigint,
    readonly scale: number,
  ) {}
  toString(): string {
    return formatBigDecimal(this.unscaled, this.scale);
  }
}

/** An array that came from JSON text (json-smart's JSONArray): prints as JSON text. */
export class JsonArray extends Array<unknown> {
  /** A JsonArray holding the given elements (the constructor reads one number as a length). */
  static override of<T>(...items: T[]): JsonArray & T[] {
    return JsonArray.fromList(items) as JsonArray & T[];
  }
  static fromList(items: readonly unknown[]): JsonArray {
    const array = new JsonArray();
    // By index: push is several times slower on a subclass of Array.
    for (let i = 0; i < items.length; i += 1) array[i] = items[i];
    return array;
  }
}

/** A Java array (String.split gives one): answers list methods, prints as its identity. */
export class JavaArray extends Array<unknown> {
  static fromList(items: readonly unknown[]): JavaArray {
    const array = new JavaArray();
    for (const item of items) array.push(item);
    return array;
  }
}

/** What Map.keySet gives: prints and iterates like a list, but has no indexes. */
export class JavaSet extends Array<unknown> {
  /** Whose keys these are. */
  source: Map<unknown, unknown> = new Map();

  static keysOf(map: Map<unknown, unknown>): JavaSet {
    const set = new JavaSet();
    for (const key of map.keys()) set.push(key);
    set.source = map;
    return set;
  }
}

export type JavaNumber = number | JavaLong | JavaBigInteger | JavaDouble | JavaBigDecimal;

export const INT_MIN = -2147483648;
export const INT_MAX = 2147483647;
export const LONG_MIN = -9223372036854775808n;
export const LONG_MAX = 9223372036854775807n;

/** True for the five number types of the model. */
export function isJavaNumber(value: unknown): value is JavaNumber {
  return (
    typeof value === "number" ||
    value instanceof JavaLong ||
    value instanceof JavaBigInteger ||
    value instanceof JavaDouble ||
    value instanceof JavaBigDecimal
  );
}

/** Java's toString of a number: "1.0E7" for a large Double, plain digits for the integer types. */
export function numberToString(value: JavaNumber): string {
  return typeof value === "number" ? String(value) : value.toString();
}

/** The smallest of Integer, Long and BigInteger that holds the whole number. */
export function integerFromBigInt(value: bigint): number | JavaLong | JavaBigInteger {
  if (value >= -2147483648n && value <= 2147483647n) return Number(value);
  if (value >= LONG_MIN && value <= LONG_MAX) return new JavaLong(value);
  return new JavaBigInteger(value);
}

/**
 * The key under which a value is stored in a Map. Strings, Integers, Booleans and null are their own
 * keys; equal Longs, Doubles and big numbers must meet in one entry, so the first instance seen of each
 * is handed out again (the key still prints and compares as the number it is).
 *
 * @param map the Map the key is for: an existing equal key of it is returned
 */
export function mapKey(map: ReadonlyMap<unknown, unknown>, key: unknown): unknown {
  if (key === null || typeof key !== "object" || map.has(key)) return key;
  for (const existing of map.keys()) {
    if (existing !== null && typeof existing === "object" && equalNumbers(existing, key)) return existing;
  }
  return key;
}

function equalNumbers(a: object, b: object): boolean {
  if (a.constructor !== b.constructor) return false;
  if (a instanceof JavaLong) return a.value === (b as JavaLong).value;
  if (a instanceof JavaBigInteger) return a.value === (b as JavaBigInteger).value;
  if (a instanceof JavaDouble) return Object.is(a.value, (b as JavaDouble).value);
  if (a instanceof JavaBigDecimal) {
    return a.unscaled === (b as JavaBigDecimal).unscaled && a.scale === (b as JavaBigDecimal).scale;
  }
  return false;
}
