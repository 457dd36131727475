import { compileJavaRegex, type JavaRegex } from "@/server/toolkit/java-regex/compile-java-regex";
import { compareBridge } from "@/server/vtl/values/compare-bridge";
import type { CallEnvironment, MethodEntry } from "@/server/vtl/values/java-class";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";
import { JavaCharacter, TypedArray } from "@/server/vtl/values/java-objects";
import { foldCase } from "@/server/vtl/values/strings/simple-case";
import { blankCode, trimControls } from "@/server/vtl/values/strings/white-space";

function stringIndex(message: string): JavaException {
  return new JavaException("java.lang.StringIndexOutOfBoundsException", message);
}

function checkRange(text: string, from: number, to: number): void {
  if (from < 0 || from > to || to > text.length) {
    throw stringIndex(`begin ${from}, end ${to}, length ${text.length}`);
  }
}

function checkIndex(text: string, index: number): void {
  if (index < 0 || index >= text.length) {
    throw stringIndex(`index ${index}, length ${text.length}`);
  }
}

function charAt(text: string, index: number): string {
  checkIndex(text, index);
  return text.charAt(index);
}

/** A String argument that Java dereferences. */
function present(value: unknown, name: string): string {
  if (value === null) throw nullPointer(name);
  return value as string;
}

function compare(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const isLatin = (text: string): boolean => /^[^\u0100-\uffff]*$/.test(text);

/** As compareToIgnoreCase: pairs of surrogates count as one character, unless one of the texts is Latin-1. */
function compareFolded(a: string, b: string): number {
  if (isLatin(a) || isLatin(b)) return compare(foldCase(a), foldCase(b));
  const left = [...foldCase(a)];
  const right = [...foldCase(b)];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function strip(text: string, leading: boolean, trailing: boolean): string {
  let from = 0;
  let to = text.length;
  while (leading && from < to && blankCode(text.charCodeAt(from))) from++;
  while (trailing && to > from && blankCode(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function checked(text: string, env: CallEnvironment): string {
  env.budget.checkText(text.length);
  return text;
}

function replaceText(text: string, [from, to]: [unknown, unknown], env: CallEnvironment): string {
  const what = env.toText(present(from, "target"));
  const by = env.toText(present(to, "replacement"));
  if (text.length * (by.length + 1) > env.budget.textLength) env.budget.spend(text.length);
  const pieces = text.split(what);
  const length = text.length + (what === "" ? pieces.length + 1 : pieces.length - 1) * by.length;
  env.budget.checkText(length);
  // With an empty target Java puts the replacement at both ends too.
  return what === "" ? `${by}${[...pieces, ""].join(by)}` : pieces.join(by);
}

/** A pattern for a text; long texts and large patterns cost more. */
function regexFor(text: string, pattern: unknown, env: CallEnvironment): JavaRegex {
  const regex = compileJavaRegex(present(pattern, "regex"));
  env.budget.spend(regex.cost(text.length));
  return regex;
}

/** One match can take as long as going through the text: the clock is read at each. */
function checkedRound({ budget }: CallEnvironment): (length: number) => void {
  return (length) => {
    budget.spend(1);
    budget.checkTime();
    budget.checkText(length);
  };
}

/** The replacement is looked at only when something matches. */
function replaceAll(
  text: string,
  { pattern, by }: { pattern: unknown; by: unknown },
  env: CallEnvironment,
): string {
  const regex = regexFor(text, pattern, env);
  if (by === null && !regex.find(text)) return text;
  return checked(regex.replaceAll(text, present(by, "replacement"), checkedRound(env)), env);
}

function split(text: string, pattern: unknown, limit: number, env: CallEnvironment): TypedArray {
  const parts = regexFor(text, pattern, env).split(text, limit, checkedRound(env));
  env.budget.copy(parts.length);
  return TypedArray.containing(parts, "String");
}

function regionMatches(self: string, [ignoreCase, from, other, otherFrom, length]: unknown[]): boolean {
  const text = present(other, "other");
  const [start, otherStart, count] = [from, otherFrom, length] as [number, number, number];
  if (start < 0 || otherStart < 0 || start > self.length - count || otherStart > text.length - count)
    return false;
  if (count <= 0) return true;
  const a = self.slice(start, start + count);
  const b = text.slice(otherStart, otherStart + count);
  return ignoreCase === true ? foldCase(a) === foldCase(b) : a === b;
}

function codePointAt(text: string, index: number): number {
  checkIndex(text, index);
  return text.codePointAt(index) as number;
}

function codePointBefore(text: string, index: number): number {
  checkIndex(text, index - 1);
  const pair = index >= 2 ? (text.codePointAt(index - 2) as number) : 0;
  return pair > 0xffff ? pair : text.charCodeAt(index - 1);
}

function indexOfCode(text: string, code: number, from: number): number {
  return code < 0 || code > 0x10ffff ? -1 : text.indexOf(String.fromCodePoint(code), from);
}

function lastIndexOfCode(text: string, code: number, from: number): number {
  return code < 0 || code > 0x10ffff || from < 0 ? -1 : text.lastIndexOf(String.fromCodePoint(code), from);
}

export const stringMethods: readonly MethodEntry[] = [
  ["length(): int", (s) => s.length],
  ["isEmpty(): boolean", (s) => s.length === 0],
  ["isBlank(): boolean", (s) => strip(s, true, true) === ""],
  ["charAt(int): char", (s, [i]) => charAt(s, i)],
  ["codePointAt(int): int", (s, [i]) => codePointAt(s, i)],
  ["codePointBefore(int): int", (s, [i]) => codePointBefore(s, i)],
  [
    "codePointCount(int, int): int",
    (s, [from, to]) => {
      checkRange(s, from, to);
      return [...s.slice(from, to)].length;
    },
  ],
  ["equals(Object): boolean", (s, [other]) => s === other],
  [
    "equalsIgnoreCase(String): boolean",
    (s, [other]) =>
      other !== null && s.length === (other as string).length && foldCase(s) === foldCase(other),
  ],
  ["contentEquals(CharSequence): boolean", (s, [other]) => s === present(other, "cs")],
  ["compareTo(String): int", (s, [other]) => compare(s, present(other, "anotherString"))],
  compareBridge,
  ["compareToIgnoreCase(String): int", (s, [other]) => compareFolded(s, present(other, "s2"))],
  ["regionMatches(int, String, int, int): boolean", (s, args) => regionMatches(s, [false, ...args])],
  ["regionMatches(boolean, int, String, int, int): boolean", (s, args) => regionMatches(s, args)],
  ["startsWith(String): boolean", (s, [prefix]) => s.startsWith(present(prefix, "prefix"))],
  [
    "startsWith(String, int): boolean",
    (s, [prefix, from]) => from >= 0 && from <= s.length && s.startsWith(present(prefix, "prefix"), from),
  ],
  ["endsWith(String): boolean", (s, [suffix]) => s.endsWith(present(suffix, "suffix"))],
  ["indexOf(int): int", (s, [code]) => indexOfCode(s, code, 0)],
  ["indexOf(int, int): int", (s, [code, from]) => (from >= s.length ? -1 : indexOfCode(s, code, from))],
  ["indexOf(String): int", (s, [text]) => s.indexOf(present(text, "str"))],
  ["indexOf(String, int): int", (s, [text, from]) => s.indexOf(present(text, "str"), from)],
  ["lastIndexOf(int): int", (s, [code]) => lastIndexOfCode(s, code, s.length)],
  ["lastIndexOf(int, int): int", (s, [code, from]) => lastIndexOfCode(s, code, from)],
  ["lastIndexOf(String): int", (s, [text]) => s.lastIndexOf(present(text, "str"))],
  [
    "lastIndexOf(String, int): int",
    (s, [text, from]) => (from < 0 ? -1 : s.lastIndexOf(present(text, "str"), from)),
  ],
  ["contains(CharSequence): boolean", (s, [text], env) => s.includes(env.toText(present(text, "s")))],
  [
    "substring(int): String",
    (s, [from]) => {
      checkRange(s, from, s.length);
      return s.slice(from);
    },
  ],
  [
    "substring(int, int): String",
    (s, [from, to]) => {
      checkRange(s, from, to);
      return s.slice(from, to);
    },
  ],
  [
    "subSequence(int, int): CharSequence",
    (s, [from, to]) => {
      checkRange(s, from, to);
      return s.slice(from, to);
    },
  ],
  ["concat(String): String", (s, [other], env) => checked(s + present(other, "str"), env)],
  ["replace(char, char): String", (s, [from, to]) => s.split(from).join(to)],
  ["replace(CharSequence, CharSequence): String", (s, args, env) => replaceText(s, args as never, env)],
  ["matches(String): boolean", (s, [pattern], env) => regexFor(s, pattern, env).matches(s)],
  ["replaceAll(String, String): String", (s, [pattern, by], env) => replaceAll(s, { pattern, by }, env)],
  [
    "replaceFirst(String, String): String",
    (s, [pattern, by], env) =>
      checked(regexFor(s, pattern, env).replaceFirst(s, present(by, "replacement")), env),
  ],
  ["split(String): String[]", (s, [pattern], env) => split(s, pattern, 0, env)],
  ["split(String, int): String[]", (s, [pattern, limit], env) => split(s, pattern, limit, env)],
  ["toLowerCase(): String", (s) => s.toLowerCase()],
  ["toUpperCase(): String", (s) => s.toUpperCase()],
  ["trim(): String", (s) => trimControls(s)],
  ["strip(): String", (s) => strip(s, true, true)],
  ["stripLeading(): String", (s) => strip(s, true, false)],
  ["stripTrailing(): String", (s) => strip(s, false, true)],
  ["intern(): String", (s) => s],
  ["toString(): String", (s) => s],
  [
    "repeat(int): String",
    (s, [count], env) => {
      const times: number = count;
      if (times < 0)
        throw new JavaException("java.lang.IllegalArgumentException", `count is negative: ${times}`);
      env.budget.checkText(s.length * times);
      return s.repeat(times);
    },
  ],
  [
    "toCharArray(): char[]",
    (s, _args, env) => {
      env.budget.copy(s.length);
      env.budget.hold(s.length * 16);
      return TypedArray.containing(
        Array.from({ length: s.length }, (_, i) => new JavaCharacter(s.charAt(i))),
        "char",
      );
    },
  ],
];
