import { JavaDouble, JavaLong } from "@/server/toolkit/java/values";
import { compareBridge } from "@/server/vtl/values/compare-bridge";
import type { MethodEntry } from "@/server/vtl/values/java-class";
import { JavaException, nullPointer, numberFormat } from "@/server/vtl/values/java-exception";
import { JavaFloat, JavaSmallInteger } from "@/server/vtl/values/java-objects";
import { doubleValue, intValue, type JavaNumber, longValue } from "@/server/vtl/values/numbers/arithmetic";
import { hexDouble } from "@/server/vtl/values/numbers/bit-methods";
import { parseDouble, parseWhole, unsignedText } from "@/server/vtl/values/numbers/parse-number";

const sign = (n: number | bigint): number => (n > 0 ? 1 : n < 0 ? -1 : 0);

function present<T>(value: T | null): T {
  if (value === null) throw nullPointer("anotherNumber");
  return value;
}

/** The conversions of java.lang.Number. */
export const numberConversions: readonly MethodEntry[] = [
  ["intValue(): int", (n: JavaNumber) => intValue(n)],
  ["longValue(): long", (n: JavaNumber) => longValue(n)],
  ["doubleValue(): double", (n: JavaNumber) => doubleValue(n)],
  ["floatValue(): float", (n: JavaNumber) => doubleValue(n)],
  ["shortValue(): short", (n: JavaNumber) => (intValue(n) << 16) >> 16],
  ["byteValue(): byte", (n: JavaNumber) => (intValue(n) << 24) >> 24],
];

const intText = (n: number, radix: number): string => n.toString(radix >= 2 && radix <= 36 ? radix : 10);

function section(text: string | null, from: number, to: number): string {
  if (text === null) throw nullPointer("s");
  if (from < 0 || from > to || to > text.length) {
    throw new JavaException("java.lang.IndexOutOfBoundsException", `begin ${from}, end ${to}`);
  }
  return text.slice(from, to);
}

function parseUnsigned(text: string | null, radix: number, bits: number): bigint {
  if (text?.startsWith("-")) throw numberFormat(text);
  return parseWhole(text, radix, bits + 1);
}

export const integerMethods: readonly MethodEntry[] = [
  ["compareTo(Integer): int", (n: number, [other]) => sign(n - present<number>(other))],
  compareBridge,
  ["static compare(int, int): int", (_n, [a, b]) => sign(a - b)],
  ["static parseInt(String): int", (_n, [text]) => Number(parseWhole(text, 10, 32))],
  ["static parseInt(String, int): int", (_n, [text, radix]) => Number(parseWhole(text, radix, 32))],
  ["static valueOf(String): Integer", (_n, [text]) => Number(parseWhole(text, 10, 32))],
  ["static valueOf(String, int): Integer", (_n, [text, radix]) => Number(parseWhole(text, radix, 32))],
  ["static valueOf(int): Integer", (_n, [value]) => value],
  [
    "static parseInt(CharSequence, int, int, int): int",
    (_n, [text, from, to, radix]) => Number(parseWhole(section(text, from, to), radix, 32)),
  ],
  ["static parseUnsignedInt(String): int", (_n, [text]) => Number(parseUnsigned(text, 10, 32)) | 0],
  [
    "static parseUnsignedInt(String, int): int",
    (_n, [text, radix]) => Number(parseUnsigned(text, radix, 32)) | 0,
  ],
  ["static decode(String): Integer", (_n, [text]) => Number(parseWhole(text, "decode", 32))],
  ["static toString(int): String", (_n, [value]) => String(value)],
  ["static toString(int, int): String", (_n, [value, radix]) => intText(value, radix)],
  ["static toHexString(int): String", (_n, [value]) => (value >>> 0).toString(16)],
  ["static toOctalString(int): String", (_n, [value]) => (value >>> 0).toString(8)],
  ["static toBinaryString(int): String", (_n, [value]) => (value >>> 0).toString(2)],
  ["static max(int, int): int", (_n, [a, b]) => Math.max(a, b)],
  ["static min(int, int): int", (_n, [a, b]) => Math.min(a, b)],
  ["static sum(int, int): int", (_n, [a, b]) => (a + b) | 0],
  ["static signum(int): int", (_n, [value]) => sign(value)],
  ["static hashCode(int): int", (_n, [value]) => value],
  ["static bitCount(int): int", (_n, [value]) => (value >>> 0).toString(2).replaceAll("0", "").length],
  ["static reverse(int): int", (_n, [value]) => reverseBits(value)],
  ["static highestOneBit(int): int", (_n, [v]) => (v === 0 ? 0 : (1 << (31 - Math.clz32(v))) | 0)],
  ["static lowestOneBit(int): int", (_n, [v]) => v & -v],
  ["static numberOfLeadingZeros(int): int", (_n, [v]) => Math.clz32(v)],
  ["static numberOfTrailingZeros(int): int", (_n, [v]) => (v === 0 ? 32 : 31 - Math.clz32(v & -v))],
  ["static toUnsignedString(int): String", (_n, [value]) => String(value >>> 0)],
  ["static toUnsignedLong(int): long", (_n, [value]) => BigInt(value >>> 0)],
];

function reverseBits(value: number): number {
  return Number.parseInt([...(value >>> 0).toString(2).padStart(32, "0")].reverse().join(""), 2) | 0;
}

export const longMethods: readonly MethodEntry[] = [
  ["compareTo(Long): int", (n: JavaLong, [other]) => sign(n.value - present<JavaLong>(other).value)],
  compareBridge,
  ["static compare(long, long): int", (_n, [a, b]) => sign(a - b)],
  ["static parseLong(String): long", (_n, [text]) => parseWhole(text, 10, 64)],
  ["static parseLong(String, int): long", (_n, [text, radix]) => parseWhole(text, radix, 64)],
  ["static valueOf(String): Long", (_n, [text]) => new JavaLong(parseWhole(text, 10, 64))],
  ["static valueOf(String, int): Long", (_n, [text, radix]) => new JavaLong(parseWhole(text, radix, 64))],
  ["static valueOf(long): Long", (_n, [value]) => new JavaLong(value)],
  [
    "static parseLong(CharSequence, int, int, int): long",
    (_n, [text, from, to, radix]) => parseWhole(section(text, from, to), radix, 64),
  ],
  ["static parseUnsignedLong(String): long", (_n, [text]) => BigInt.asIntN(64, parseUnsigned(text, 10, 64))],
  [
    "static parseUnsignedLong(String, int): long",
    (_n, [text, radix]) => BigInt.asIntN(64, parseUnsigned(text, radix, 64)),
  ],
  ["static decode(String): Long", (_n, [text]) => new JavaLong(parseWhole(text, "decode", 64))],
  ["static toString(long): String", (_n, [value]) => String(value)],
  [
    "static toString(long, int): String",
    (_n, [value, radix]) => value.toString(radix >= 2 && radix <= 36 ? radix : 10),
  ],
  ["static toHexString(long): String", (_n, [value]) => unsignedText(value, 16)],
  ["static toOctalString(long): String", (_n, [value]) => unsignedText(value, 8)],
  ["static toBinaryString(long): String", (_n, [value]) => unsignedText(value, 2)],
  ["static max(long, long): long", (_n, [a, b]) => (a > b ? a : b)],
  ["static min(long, long): long", (_n, [a, b]) => (a < b ? a : b)],
  ["static sum(long, long): long", (_n, [a, b]) => BigInt.asIntN(64, a + b)],
  ["static signum(long): int", (_n, [value]) => sign(value)],
  ["static bitCount(long): int", (_n, [value]) => unsignedText(value, 2).replaceAll("0", "").length],
];

/** Double.compare: -0.0 is below 0.0, and NaN above everything and equal to itself. */
function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a)) return 1;
  if (Number.isNaN(b)) return -1;
  return Object.is(a, -0) ? -1 : 1;
}

export const doubleMethods: readonly MethodEntry[] = [
  [
    "compareTo(Double): int",
    (n: JavaDouble, [other]) => compareDoubles(n.value, present<JavaDouble>(other).value),
  ],
  compareBridge,
  ["static compare(double, double): int", (_n, [a, b]) => compareDoubles(a, b)],
  ["isNaN(): boolean", (n: JavaDouble) => Number.isNaN(n.value)],
  ["isInfinite(): boolean", (n: JavaDouble) => Math.abs(n.value) === Infinity],
  ["static isNaN(double): boolean", (_n, [value]) => Number.isNaN(value)],
  ["static isInfinite(double): boolean", (_n, [value]) => Math.abs(value) === Infinity],
  ["static isFinite(double): boolean", (_n, [value]) => Number.isFinite(value)],
  ["static parseDouble(String): double", (_n, [text]) => parseDouble(text)],
  ["static valueOf(String): Double", (_n, [text]) => new JavaDouble(parseDouble(text))],
  ["static valueOf(double): Double", (_n, [value]) => new JavaDouble(value)],
  ["static toString(double): String", (_n, [value], env) => env.toText(new JavaDouble(value))],
  ["static max(double, double): double", (_n, [a, b]) => Math.max(a, b)],
  ["static min(double, double): double", (_n, [a, b]) => Math.min(a, b)],
  ["static sum(double, double): double", (_n, [a, b]) => a + b],
];

export const floatMethods: readonly MethodEntry[] = [
  [
    "compareTo(Float): int",
    (n: JavaFloat, [other]) => compareDoubles(n.value, present<JavaFloat>(other).value),
  ],
  compareBridge,
  ["isNaN(): boolean", (n: JavaFloat) => Number.isNaN(n.value)],
  ["isInfinite(): boolean", (n: JavaFloat) => Math.abs(n.value) === Infinity],
  ["static parseFloat(String): float", (_n, [text]) => parseDouble(text)],
  ["static valueOf(String): Float", (_n, [text]) => new JavaFloat(Math.fround(parseDouble(text)))],
  ["static valueOf(float): Float", (_n, [value]) => new JavaFloat(Math.fround(value))],
  ["static max(float, float): float", (_n, [a, b]) => Math.max(a, b)],
  ["static min(float, float): float", (_n, [a, b]) => Math.min(a, b)],
  ["static sum(float, float): float", (_n, [a, b]) => a + b],
  ["static compare(float, float): int", (_n, [a, b]) => compareDoubles(a, b)],
  ["static isNaN(float): boolean", (_n, [value]) => Number.isNaN(value)],
  ["static isInfinite(float): boolean", (_n, [value]) => Math.abs(value) === Infinity],
  ["static isFinite(float): boolean", (_n, [value]) => Number.isFinite(value)],
  ["static toString(float): String", (_n, [value], env) => env.toText(new JavaFloat(Math.fround(value)))],
  ["static hashCode(float): int", (_n, [value]) => floatBits(value)],
  ["static floatToIntBits(float): int", (_n, [value]) => floatBits(value)],
  ["static floatToRawIntBits(float): int", (_n, [value]) => floatBits(value)],
  [
    "static intBitsToFloat(int): float",
    (_n, [bits]) => {
      view.setInt32(0, bits);
      return view.getFloat32(0);
    },
  ],
  // The smallest floats would need a form of their own; a template does not meet them.
  ["static toHexString(float): String", (_n, [value]) => hexDouble(value)],
];

const view = new DataView(new ArrayBuffer(4));

function floatBits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc00000;
  view.setFloat32(0, value);
  return view.getInt32(0);
}

/** Static methods that Short and Byte have alike. */
function smallStatics(type: "byte" | "short", box: string): MethodEntry[] {
  const bits = type === "byte" ? 8 : 16;
  const mask = 2 ** bits - 1;
  const parse = (text: string, radix: number | "decode"): number => Number(parseWhole(text, radix, bits));
  const boxed = (value: number): JavaSmallInteger => new JavaSmallInteger(type, value);
  return [
    [`static parse${box}(String): ${type}`, (_n, [text]) => parse(text, 10)],
    [`static parse${box}(String, int): ${type}`, (_n, [text, radix]) => parse(text, radix)],
    [`static valueOf(String): ${box}`, (_n, [text]) => boxed(parse(text, 10))],
    [`static valueOf(String, int): ${box}`, (_n, [text, radix]) => boxed(parse(text, radix))],
    [`static valueOf(${type}): ${box}`, (_n, [value]) => boxed(value)],
    [`static decode(String): ${box}`, (_n, [text]) => boxed(parse(text, "decode"))],
    [`static toString(${type}): String`, (_n, [value]) => String(value)],
    [`static hashCode(${type}): int`, (_n, [value]) => value],
    [`static compare(${type}, ${type}): int`, (_n, [a, b]) => a - b],
    [`static compareUnsigned(${type}, ${type}): int`, (_n, [a, b]) => (a & mask) - (b & mask)],
    [`static toUnsignedInt(${type}): int`, (_n, [value]) => value & mask],
    [`static toUnsignedLong(${type}): long`, (_n, [value]) => BigInt(value & mask)],
  ];
}

export const shortMethods: readonly MethodEntry[] = [
  [
    "compareTo(Short): int",
    (n: JavaSmallInteger, [other]) => n.value - present<JavaSmallInteger>(other).value,
  ],
  compareBridge,
  ...smallStatics("short", "Short"),
  [
    "static reverseBytes(short): short",
    (_n, [value]) => ((((value & 0xff) << 8) | ((value >> 8) & 0xff)) << 16) >> 16,
  ],
];

export const byteMethods: readonly MethodEntry[] = [
  [
    "compareTo(Byte): int",
    (n: JavaSmallInteger, [other]) => n.value - present<JavaSmallInteger>(other).value,
  ],
  compareBridge,
  ...smallStatics("byte", "Byte"),
];
