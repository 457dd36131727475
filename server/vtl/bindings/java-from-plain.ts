import { integerFromBigInt, isJavaNumber, JavaDouble, JavaLong } from "@/server/toolkit/java/values";
import { hideText } from "@/server/vtl/values/java-text";

/**
 * A JSON-like JavaScript value as the template engine holds it: records become maps, whole numbers Integer or Long,
 * others Double. Maps print as nothing, as everything below `$context` does.
 */
export function javaFromPlain(value: unknown): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (Number.isSafeInteger(value)) return integerFromBigInt(BigInt(value));
      return new JavaDouble(value);
    case "bigint":
      return integerFromBigInt(value);
    case "object":
      return value === null ? null : javaFromObject(value);
    default:
      return null;
  }
}

function javaFromObject(value: object): unknown {
  if (isJavaNumber(value) || value instanceof JavaLong) return value;
  if (Array.isArray(value)) return value.map(javaFromPlain);
  const map = new Map<unknown, unknown>();
  if (value instanceof Map) for (const [name, member] of value) map.set(name, javaFromPlain(member));
  else {
    const record = value as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(record)) map.set(name, javaFromPlain(record[name]));
  }
  hideText(map);
  return map;
}
