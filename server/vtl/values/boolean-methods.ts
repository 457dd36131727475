import { compareBridge } from "@/server/vtl/values/compare-bridge";
import type { MethodEntry } from "@/server/vtl/values/java-class";
import { nullPointer } from "@/server/vtl/values/java-exception";

function present<T>(value: T | null): T {
  if (value === null) throw nullPointer("other");
  return value;
}

const isTrue = (text: string | null): boolean => text?.toLowerCase() === "true";

export const booleanMethods: readonly MethodEntry[] = [
  ["booleanValue(): boolean", (b) => b],
  ["compareTo(Boolean): int", (b, [other]) => Number(b) - Number(present(other))],
  compareBridge,
  ["static compare(boolean, boolean): int", (_b, [x, y]) => Number(x) - Number(y)],
  ["static parseBoolean(String): boolean", (_b, [text]) => isTrue(text)],
  ["static valueOf(String): Boolean", (_b, [text]) => isTrue(text)],
  ["static valueOf(boolean): Boolean", (_b, [value]) => value],
  ["static toString(boolean): String", (_b, [value]) => String(value)],
  ["static hashCode(boolean): int", (_b, [value]) => (value ? 1231 : 1237)],
  ["static getBoolean(String): boolean", () => false],
  ["static logicalAnd(boolean, boolean): boolean", (_b, [x, y]) => x && y],
  ["static logicalOr(boolean, boolean): boolean", (_b, [x, y]) => x || y],
  ["static logicalXor(boolean, boolean): boolean", (_b, [x, y]) => x !== y],
];
