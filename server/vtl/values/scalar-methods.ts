import { compareBridge } from "@/server/vtl/values/compare-bridge";
import type { MethodEntry } from "@/server/vtl/values/java-class";
import { nullPointer } from "@/server/vtl/values/java-exception";
import { JavaCharacter } from "@/server/vtl/values/java-objects";
import { blankCode } from "@/server/vtl/values/strings/white-space";

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

const code = (c: string): number => c.charCodeAt(0);

export const characterMethods: readonly MethodEntry[] = [
  ["charValue(): char", (c: JavaCharacter) => c.value],
  [
    "compareTo(Character): int",
    (c: JavaCharacter, [o]) => code(c.value) - code(present<JavaCharacter>(o).value),
  ],
  compareBridge,
  ["static isDigit(char): boolean", (_c, [value]) => /^\p{Nd}$/u.test(value)],
  ["static isLetter(char): boolean", (_c, [value]) => /^\p{L}$/u.test(value)],
  ["static isLetterOrDigit(char): boolean", (_c, [value]) => /^[\p{L}\p{Nd}]$/u.test(value)],
  ["static isUpperCase(char): boolean", (_c, [value]) => /^\p{Lu}$/u.test(value)],
  ["static isLowerCase(char): boolean", (_c, [value]) => /^\p{Ll}$/u.test(value)],
  ["static isWhitespace(char): boolean", (_c, [value]) => blankCode(value.charCodeAt(0))],
  ["static toUpperCase(char): char", (_c, [value]) => value.toUpperCase().slice(0, 1)],
  ["static toLowerCase(char): char", (_c, [value]) => value.toLowerCase().slice(0, 1)],
  ["static valueOf(char): Character", (_c, [value]) => new JavaCharacter(value)],
  ["static toString(char): String", (_c, [value]) => value],
  [
    "static getNumericValue(char): int",
    (_c, [value]) => (/^[0-9a-zA-Z]$/.test(value) ? Number.parseInt(value, 36) : -1),
  ],
];
