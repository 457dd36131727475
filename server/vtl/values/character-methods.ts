import { compareBridge } from "@/server/vtl/values/compare-bridge";
import type { MethodEntry } from "@/server/vtl/values/java-class";
import { illegalArgument, nullPointer } from "@/server/vtl/values/java-exception";
import { JavaCharacter, TypedArray } from "@/server/vtl/values/java-objects";
import { digitValue } from "@/server/vtl/values/numbers/parse-number";
import { simpleLower, simpleUpper } from "@/server/vtl/values/strings/simple-case";
import { blankCode } from "@/server/vtl/values/strings/white-space";

const LAST_CODE_POINT = 0x10ffff;

/** General categories with the numbers of Character.getType(). */
const categories = Object.entries({
  ...{
    Lu: 1,
    Ll: 2,
    Lt: 3,
    Lm: 4,
    Lo: 5,
    Mn: 6,
    Me: 7,
    Mc: 8,
    Nd: 9,
    Nl: 10,
    No: 11,
    Zs: 12,
    Zl: 13,
    Zp: 14,
  },
  ...{
    Cc: 15,
    Cf: 16,
    Co: 18,
    Cs: 19,
    Pd: 20,
    Ps: 21,
    Pe: 22,
    Pc: 23,
    Po: 24,
    Sm: 25,
    Sc: 26,
    Sk: 27,
    So: 28,
  },
  ...{ Pi: 29, Pf: 30 },
}).map(([name, type]) => ({ type, pattern: new RegExp(`^\\p{${name}}$`, "u") }));

function category(character: string): number {
  return categories.find(({ pattern }) => pattern.test(character))?.type ?? 0;
}

const code = (character: string): number => character.charCodeAt(0);

/** The character with a number; the empty string, which no test fits, where there is none. */
function fromCode(point: number): string {
  return point >= 0 && point <= LAST_CODE_POINT ? String.fromCodePoint(point) : "";
}

function codePoint(point: number): string {
  const character = fromCode(point);
  if (character !== "") return character;
  const hex = (point >>> 0).toString(16).toUpperCase();
  throw illegalArgument(`Not a valid Unicode code point: 0x${hex}`);
}

/** A test of characters, which Java has for a char and for the number of a code point. */
function both(name: string, test: (character: string) => boolean): MethodEntry[] {
  return [
    [`static ${name}(char): boolean`, (_c, [character]) => test(character)],
    [`static ${name}(int): boolean`, (_c, [point]) => test(fromCode(point))],
  ];
}

const isDigit = (c: string): boolean => /^\p{Nd}$/u.test(c);
const isLetter = (c: string): boolean => /^\p{L}$/u.test(c);
const isWhitespace = (c: string): boolean => c.length === 1 && blankCode(code(c));
const isIgnorable = (c: string): boolean => /^[\p{Cc}\p{Cf}]$/u.test(c) && !isWhitespace(c);
const isNameStart = (c: string): boolean => /^[\p{L}\p{Nl}\p{Sc}\p{Pc}]$/u.test(c);
const isNamePart = (c: string): boolean =>
  isNameStart(c) || isIgnorable(c) || /^[\p{Nd}\p{Mn}\p{Mc}]$/u.test(c);

function tests(): MethodEntry[] {
  return [
    ...both("isDigit", isDigit),
    ...both("isLetter", isLetter),
    ...both("isLetterOrDigit", (c) => isLetter(c) || isDigit(c)),
    ...both("isUpperCase", (c) => /^\p{Uppercase}$/u.test(c)),
    ...both("isLowerCase", (c) => /^\p{Lowercase}$/u.test(c)),
    ...both("isTitleCase", (c) => /^\p{Lt}$/u.test(c)),
    ...both("isWhitespace", isWhitespace),
    ...both("isSpaceChar", (c) => /^\p{Z}$/u.test(c)),
    ...both("isDefined", (c) => c !== "" && category(c) !== 0),
    ...both("isISOControl", (c) => /^\p{Cc}$/u.test(c)),
    ...both("isMirrored", (c) => /^\p{Bidi_Mirrored}$/u.test(c)),
    ...both("isIdentifierIgnorable", isIgnorable),
    ...both("isJavaIdentifierStart", isNameStart),
    ...both("isJavaIdentifierPart", isNamePart),
    ...both("isUnicodeIdentifierStart", (c) => /^\p{ID_Start}$/u.test(c)),
    ...both("isUnicodeIdentifierPart", (c) => /^\p{ID_Continue}$/u.test(c) || isIgnorable(c)),
    ["static isJavaLetter(char): boolean", (_c, [c]) => isNameStart(c)],
    ["static isJavaLetterOrDigit(char): boolean", (_c, [c]) => isNamePart(c)],
    ["static isSpace(char): boolean", (_c, [c]) => /^[\t\n\f\r ]$/.test(c)],
    ["static isAlphabetic(int): boolean", (_c, [point]) => /^\p{Alphabetic}$/u.test(fromCode(point))],
    ["static isIdeographic(int): boolean", (_c, [point]) => /^\p{Ideographic}$/u.test(fromCode(point))],
    ["static isHighSurrogate(char): boolean", (_c, [c]) => /^[\ud800-\udbff]$/.test(c)],
    ["static isLowSurrogate(char): boolean", (_c, [c]) => /^[\udc00-\udfff]$/.test(c)],
    ["static isSurrogate(char): boolean", (_c, [c]) => /^[\ud800-\udfff]$/.test(c)],
    ["static isSurrogatePair(char, char): boolean", (_c, [a, b]) => (a + b).codePointAt(0) > 0xffff],
    ["static isValidCodePoint(int): boolean", (_c, [point]) => fromCode(point) !== ""],
    ["static isBmpCodePoint(int): boolean", (_c, [point]) => point >>> 16 === 0],
    ["static isSupplementaryCodePoint(int): boolean", (_c, [point]) => fromCode(point).length === 2],
  ];
}

/** Letters and digits count from 0 to 35; -2 for fractions, -1 for what is no number (and for Roman numerals). */
function numericValue(character: string): number {
  const digit = digitValue(character);
  if (digit < 36) return digit;
  const plain = character.normalize("NFKC");
  if (/^[\uff21-\uff5a]$/.test(character)) return digitValue(plain);
  if (/^\p{No}$/u.test(character)) return /^\d+$/.test(plain) ? Number(plain) : -2;
  return -1;
}

function digit(character: string, radix: number): number {
  const worth = numericValue(character);
  return radix >= 2 && radix <= 36 && worth < radix && worth >= 0 ? worth : -1;
}

function mapped(point: number, map: (character: string) => string): number {
  const character = fromCode(point);
  return character === "" ? point : (map(character).codePointAt(0) as number);
}

const conversions: readonly MethodEntry[] = [
  ["static toUpperCase(char): char", (_c, [c]) => simpleUpper(c)],
  ["static toUpperCase(int): int", (_c, [point]) => mapped(point, simpleUpper)],
  ["static toLowerCase(char): char", (_c, [c]) => simpleLower(c)],
  ["static toLowerCase(int): int", (_c, [point]) => mapped(point, simpleLower)],
  ["static toTitleCase(char): char", (_c, [c]) => simpleUpper(c)],
  ["static toTitleCase(int): int", (_c, [point]) => mapped(point, simpleUpper)],
  ["static valueOf(char): Character", (_c, [c]) => new JavaCharacter(c)],
  ["static toString(char): String", (_c, [c]) => c],
  ["static toString(int): String", (_c, [point]) => codePoint(point)],
  ["static hashCode(char): int", (_c, [c]) => code(c)],
  ["static compare(char, char): int", (_c, [a, b]) => code(a) - code(b)],
  ["static getNumericValue(char): int", (_c, [c]) => numericValue(c)],
  ["static getNumericValue(int): int", (_c, [point]) => numericValue(fromCode(point))],
  ["static getType(char): int", (_c, [c]) => category(c)],
  ["static getType(int): int", (_c, [point]) => category(fromCode(point))],
  ["static digit(char, int): int", (_c, [c, radix]) => digit(c, radix)],
  ["static digit(int, int): int", (_c, [point, radix]) => digit(fromCode(point), radix)],
  [
    "static forDigit(int, int): char",
    (_c, [worth, radix]) =>
      radix >= 2 && radix <= 36 && worth >= 0 && worth < radix ? worth.toString(36) : "\0",
  ],
  ["static charCount(int): int", (_c, [point]) => (point >= 0x10000 ? 2 : 1)],
  [
    "static reverseBytes(char): char",
    (_c, [c]) => String.fromCharCode(((code(c) & 0xff) << 8) | (code(c) >> 8)),
  ],
  ["static highSurrogate(int): char", (_c, [p]) => String.fromCharCode(((p >>> 10) + 0xd7c0) & 0xffff)],
  ["static lowSurrogate(int): char", (_c, [p]) => String.fromCharCode((p & 0x3ff) | 0xdc00)],
  ["static toCodePoint(char, char): int", (_c, [a, b]) => ((code(a) << 10) + code(b) - 0x35fdc00) | 0],
  [
    "static toChars(int): char[]",
    (_c, [point]) =>
      TypedArray.containing(
        codePoint(point)
          .split("")
          .map((c) => new JavaCharacter(c)),
        "char",
      ),
  ],
];

export const characterMethods: readonly MethodEntry[] = [
  ["charValue(): char", (c: JavaCharacter) => c.value],
  [
    "compareTo(Character): int",
    (c: JavaCharacter, [other]) => {
      if (other === null) throw nullPointer("anotherCharacter");
      return code(c.value) - code((other as JavaCharacter).value);
    },
  ],
  compareBridge,
  ...tests(),
  ...conversions,
];
