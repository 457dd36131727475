import { formatDouble } from "@/server/toolkit/java/format-double";
import type { CallEnvironment, MethodEntry } from "@/server/vtl/values/java-class";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";
import { type JavaArray, type JavaCharacter, MapView } from "@/server/vtl/values/java-objects";
import { formatFloat } from "@/server/vtl/values/java-text";
import { formatJava } from "@/server/vtl/values/strings/java-format";

function join(separator: unknown, parts: Iterable<unknown>, env: CallEnvironment): string {
  if (separator === null) throw nullPointer("delimiter");
  let out = "";
  let first = true;
  let rounds = 0;
  for (const part of parts) {
    if (part !== null && typeof part !== "string") {
      throw new JavaException("java.lang.ClassCastException", "the element is no CharSequence");
    }
    if (rounds++ % 16 === 0) env.budget.spend(1);
    if (!first) out += env.toText(separator);
    out += env.toText(part);
    first = false;
    env.budget.join(out.length);
  }
  env.budget.text(out.length);
  return out;
}

function items(collection: unknown, env: CallEnvironment): readonly unknown[] {
  if (!(collection instanceof MapView)) return collection as unknown[];
  env.budget.copy(collection.map.size);
  return collection.items();
}

const text = (value: unknown, env: CallEnvironment): string => (value === null ? "null" : env.toText(value));

function charsText(chars: unknown): string {
  if (chars === null) throw nullPointer("value");
  return (chars as JavaArray).map((c) => (c as JavaCharacter).value).join("");
}

/** Static methods of String, reachable through any string. */
export const stringStatics: readonly MethodEntry[] = [
  ["static valueOf(Object): String", (_s, [value], env) => text(value, env)],
  ["static valueOf(char[]): String", (_s, [chars]) => charsText(chars)],
  ["static copyValueOf(char[]): String", (_s, [chars]) => charsText(chars)],
  ["static valueOf(boolean): String", (_s, [value]) => String(value)],
  ["static valueOf(char): String", (_s, [value]) => value],
  ["static valueOf(int): String", (_s, [value]) => String(value)],
  ["static valueOf(long): String", (_s, [value]) => String(value)],
  ["static valueOf(float): String", (_s, [value]) => formatFloat(Math.fround(value))],
  ["static valueOf(double): String", (_s, [value]) => formatDouble(value)],
  ["static join(CharSequence, Iterable): String", (_s, [by, parts], env) => join(by, items(parts, env), env)],
  ["static join(CharSequence, CharSequence[]): String", (_s, [by, parts], env) => join(by, parts, env)],
  ["static format(String, Object[]): String", (_s, [pattern, args], env) => formatJava(pattern, args, env)],
  ["formatted(Object[]): String", (s, [args], env) => formatJava(s, args, env)],
];
