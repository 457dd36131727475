import { utf8FromText } from "@/server/toolkit/utf8";
import { JavaStream } from "@/server/vtl/values/collections/java-stream";
import type { CallEnvironment, MethodEntry } from "@/server/vtl/values/java-class";
import { illegalArgument, JavaException, nullPointer } from "@/server/vtl/values/java-exception";
import { type JavaCharacter, JavaSmallInteger, TypedArray } from "@/server/vtl/values/java-objects";
import { blankCode } from "@/server/vtl/values/strings/white-space";

function checkedLines(text: string, env: CallEnvironment): string[] {
  const lines = linesOf(text);
  env.budget.copy(lines.length);
  return lines;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function indent(text: string, by: number, env: CallEnvironment): string {
  if (text === "") return "";
  const lines = linesOf(text);
  env.budget.checkText(lines.length * Math.max(by, 1) + text.length);
  const shifted = lines.map((line) => {
    if (by >= 0) return " ".repeat(by) + line;
    const blanks = /^\s*/.exec(line)?.[0].length ?? 0;
    return line.slice(Math.min(blanks, -by));
  });
  return `${shifted.join("\n")}\n`;
}

/** How many white characters a line begins with. */
function indentOf(line: string): number {
  let at = 0;
  while (at < line.length && blankCode(line.charCodeAt(at))) at++;
  return at;
}

function withoutEnd(line: string): string {
  let end = line.length;
  while (end > 0 && blankCode(line.charCodeAt(end - 1))) end--;
  return line.slice(0, end);
}

function stripIndent(text: string): string {
  if (text === "") return "";
  const lines = linesOf(text);
  // A line break at the end means: leave the indentation as it is.
  const endsInNewline = /[\n\r]$/.test(text);
  const counted = lines.filter((line, i) => indentOf(line) < line.length || i === lines.length - 1);
  const margin = endsInNewline ? 0 : Math.min(...counted.map(indentOf));
  const stripped = lines.map((line) => withoutEnd(line).slice(margin));
  return stripped.join("\n") + (endsInNewline ? "\n" : "");
}

const escapes: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
  "'": "'",
  '"': '"',
  "\\": "\\",
  "\n": "",
  "\r": "",
};

function translateEscapes(text: string): string {
  return text.replace(/\\([0-3][0-7]{0,2}|[4-7][0-7]?|\r\n|[\s\S]|$)/g, (_all, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    const translated = code === "\r\n" ? "" : escapes[code];
    if (translated === undefined) throw illegalArgument(`Invalid escape sequence: \\${code}`);
    return translated;
  });
}

export function byteArray(values: Iterable<number>): TypedArray {
  const bytes = Array.from(values, (value) => new JavaSmallInteger("byte", (value << 24) >> 24));
  return TypedArray.containing(bytes, "byte");
}

/** Memory for a number that is an object. */
const NUMBER_UNITS = 16;

function bytes(text: string, env: CallEnvironment): TypedArray {
  const encoded = utf8FromText(text.replace(/\p{Surrogate}/gu, "?"));
  chargeBytes(encoded.length, env);
  return byteArray(encoded);
}

function chargeBytes(count: number, { budget }: CallEnvironment): void {
  budget.copy(count);
  budget.hold(count * NUMBER_UNITS);
}

function chars(array: unknown, offset: number, length: number): string {
  if (array === null) throw nullPointer("value");
  const all = array as JavaCharacter[];
  if (offset < 0 || length < 0 || offset > all.length - length) {
    throw new JavaException("java.lang.StringIndexOutOfBoundsException", `offset ${offset}, count ${length}`);
  }
  return all
    .slice(offset, offset + length)
    .map((c) => c.value)
    .join("");
}

function offsetByCodePoints(text: string, index: number, by: number): number {
  if (index < 0 || index > text.length) throw new JavaException("java.lang.IndexOutOfBoundsException", null);
  let at = index;
  for (let left = Math.abs(by); left > 0; left--) {
    if (by > 0 ? at >= text.length : at <= 0)
      throw new JavaException("java.lang.IndexOutOfBoundsException", null);
    const pair = by > 0 ? text.codePointAt(at) : text.codePointAt(at - 2);
    const wide = pair !== undefined && pair > 0xffff && (by > 0 || at >= 2);
    at += (by > 0 ? 1 : -1) * (wide ? 2 : 1);
  }
  return at;
}

/** The rarer methods of String: lines, indentation, bytes and code points. */
export const stringLayoutMethods: readonly MethodEntry[] = [
  ["lines(): Stream", (s, _args, env) => new JavaStream(checkedLines(s, env))],
  [
    "chars(): IntStream",
    (s: string, _args, env) => {
      env.budget.copy(s.length);
      return new JavaStream(
        Array.from({ length: s.length }, (_, i) => s.charCodeAt(i)),
        "numbers",
      );
    },
  ],
  [
    "codePoints(): IntStream",
    (s, _args, env) => {
      env.budget.copy(s.length);
      return new JavaStream(
        [...s].map((c) => c.codePointAt(0)),
        "numbers",
      );
    },
  ],
  ["indent(int): String", (s, [by], env) => indent(s, by, env)],
  ["stripIndent(): String", (s) => stripIndent(s)],
  ["translateEscapes(): String", (s) => translateEscapes(s)],
  ["getBytes(): byte[]", (s, _args, env) => bytes(s, env)],
  [
    "getBytes(String): byte[]",
    (s, [charset], env) => (charset === null ? nullCharset() : bytesIn(s, charset, env)),
  ],
  // No template has a Charset; a null could be either, which no method is found for.
  ["getBytes(Charset): byte[]", nullCharset],
  ["offsetByCodePoints(int, int): int", (s, [index, by]) => offsetByCodePoints(s, index, by)],
  ["static valueOf(char[], int, int): String", (_s, [array, offset, length]) => chars(array, offset, length)],
  [
    "static copyValueOf(char[], int, int): String",
    (_s, [array, offset, length]) => chars(array, offset, length),
  ],
];

function nullCharset(): never {
  throw nullPointer("charsetName");
}

function bytesIn(text: string, charset: string, env: CallEnvironment): TypedArray {
  if (/^utf-?8$/i.test(charset)) return bytes(text, env);
  const limit = /^(us-)?ascii$/i.test(charset) ? 0x7f : /^(iso-8859-1|latin1)$/i.test(charset) ? 0xff : 0;
  if (limit === 0) throw new JavaException("java.io.UnsupportedEncodingException", charset);
  chargeBytes(text.length, env);
  const codes = Array.from(text, (c) => c.charCodeAt(0)).map((code) => (code > limit ? 63 : code));
  return byteArray(codes);
}
