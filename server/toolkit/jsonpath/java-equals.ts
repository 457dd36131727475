import { JavaArray, JavaBigDecimal, JavaBigInteger, JavaDouble, JavaLong } from "../java/values";
import { MAX_DEPTH, type PathBudget } from "./evaluation";
import { JsonPathError } from "./json-path-error";

/**
 * Java's equals(): numbers only within one type (1 is not 1.0), lists and maps by content.
 *
 * @throws JsonPathError when the values are nested deeper than 1000
 */
export function javaEquals(a: unknown, b: unknown, budget: PathBudget, depth = 0): boolean {
  if (typeof a === "string" && typeof b === "string") return textEquals(a, b, budget);
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  budget.spend(1);
  if (depth > MAX_DEPTH) throw new JsonPathError("the values are nested too deeply to be compared");
  if (a instanceof Map) return b instanceof Map && equalMaps(a, b, { budget, depth });
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a instanceof JavaArray || b instanceof JavaArray || a.length !== b.length)
      return false;
    return a.every((item, i) => javaEquals(item, b[i], budget, depth + 1));
  }
  if (a instanceof JavaDouble) return b instanceof JavaDouble && Object.is(a.value, b.value);
  if (a instanceof JavaLong) return b instanceof JavaLong && a.value === b.value;
  if (a instanceof JavaBigInteger) return b instanceof JavaBigInteger && a.value === b.value;
  if (a instanceof JavaBigDecimal) {
    return b instanceof JavaBigDecimal && a.unscaled === b.unscaled && a.scale === b.scale;
  }
  return false;
}

/** Only texts of one length are read, 16 characters a step. */
export function textEquals(a: string, b: string, budget: PathBudget): boolean {
  if (a.length !== b.length) return false;
  budget.spend(a.length >> 4);
  return a === b;
}

function equalMaps(
  a: ReadonlyMap<unknown, unknown>,
  b: ReadonlyMap<unknown, unknown>,
  { budget, depth }: { budget: PathBudget; depth: number },
): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    if (!b.has(key) || !javaEquals(value, b.get(key), budget, depth + 1)) return false;
  }
  return true;
}
