import { JavaArray, JavaBigDecimal, JavaBigInteger, JavaDouble, JavaLong } from "../java/values";
import { MAX_DEPTH } from "./evaluation";
import { JsonPathError } from "./json-path-error";

/**
 * Java's equals(): numbers only within one type (1 is not 1.0), lists and maps by content.
 *
 * @throws JsonPathError when the values are nested deeper than 1000
 */
export function javaEquals(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (depth > MAX_DEPTH) throw new JsonPathError("the values are nested too deeply to be compared");
  if (a instanceof Map) return b instanceof Map && equalMaps(a, b, depth);
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a instanceof JavaArray || b instanceof JavaArray || a.length !== b.length)
      return false;
    return a.every((item, i) => javaEquals(item, b[i], depth + 1));
  }
  if (a instanceof JavaDouble) return b instanceof JavaDouble && Object.is(a.value, b.value);
  if (a instanceof JavaLong) return b instanceof JavaLong && a.value === b.value;
  if (a instanceof JavaBigInteger) return b instanceof JavaBigInteger && a.value === b.value;
  if (a instanceof JavaBigDecimal) {
    return b instanceof JavaBigDecimal && a.unscaled === b.unscaled && a.scale === b.scale;
  }
  return false;
}

function equalMaps(
  a: ReadonlyMap<unknown, unknown>,
  b: ReadonlyMap<unknown, unknown>,
  depth: number,
): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    if (!b.has(key) || !javaEquals(value, b.get(key), depth + 1)) return false;
  }
  return true;
}
