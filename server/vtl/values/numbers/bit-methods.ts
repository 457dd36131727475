import type { MethodEntry } from "@/server/vtl/values/java-class";
import { JavaException } from "@/server/vtl/values/java-exception";

const unsigned = (value: bigint): bigint => BigInt.asUintN(64, value);
const signed = (value: bigint): bigint => BigInt.asIntN(64, value);
const order = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function divisor<T extends number | bigint>(value: T): T {
  if (Number(value) === 0) throw new JavaException("java.lang.ArithmeticException", "/ by zero");
  return value;
}

/** Java takes a radix it does not know for ten. */
const usableRadix = (radix: number): number => (radix >= 2 && radix <= 36 ? radix : 10);

function bits(value: bigint): string {
  return unsigned(value).toString(2).padStart(64, "0");
}

const fromBits = (text: string): bigint => signed(BigInt(`0b${text}`));

function reverseBytes(hex: string): string {
  return (hex.match(/../g) ?? []).reverse().join("");
}

/** Static methods of Integer on its bits. */
export const integerBitMethods: readonly MethodEntry[] = [
  ["static compareUnsigned(int, int): int", (_n, [a, b]) => order(a >>> 0, b >>> 0)],
  [
    "static divideUnsigned(int, int): int",
    (_n, [a, b]) => Math.floor((a >>> 0) / (divisor<number>(b) >>> 0)) | 0,
  ],
  ["static remainderUnsigned(int, int): int", (_n, [a, b]) => ((a >>> 0) % (divisor<number>(b) >>> 0)) | 0],
  ["static rotateLeft(int, int): int", (_n, [v, by]) => (v << by) | (v >>> -by)],
  ["static rotateRight(int, int): int", (_n, [v, by]) => (v >>> by) | (v << -by)],
  [
    "static reverseBytes(int): int",
    (_n, [v]) => Number.parseInt(reverseBytes((v >>> 0).toString(16).padStart(8, "0")), 16) | 0,
  ],
  ["static toUnsignedString(int, int): String", (_n, [v, radix]) => (v >>> 0).toString(usableRadix(radix))],
  ["static getInteger(String): Integer", () => null],
  ["static getInteger(String, int): Integer", (_n, [_name, other]) => other],
];

/** Static methods of Long on its bits. */
export const longBitMethods: readonly MethodEntry[] = [
  ["static compareUnsigned(long, long): int", (_n, [a, b]) => order(unsigned(a), unsigned(b))],
  [
    "static divideUnsigned(long, long): long",
    (_n, [a, b]) => signed(unsigned(a) / unsigned(divisor<bigint>(b))),
  ],
  [
    "static remainderUnsigned(long, long): long",
    (_n, [a, b]) => signed(unsigned(a) % unsigned(divisor<bigint>(b))),
  ],
  ["static highestOneBit(long): long", (_n, [v]) => fromBits(bits(v).replace(/(?<=1.*)1/g, "0"))],
  ["static lowestOneBit(long): long", (_n, [v]: bigint[]) => signed((v as bigint) & -(v as bigint))],
  ["static numberOfLeadingZeros(long): int", (_n, [v]) => /^0*/.exec(bits(v))?.[0].length],
  ["static numberOfTrailingZeros(long): int", (_n, [v]) => /0*$/.exec(bits(v))?.[0].length],
  ["static rotateLeft(long, int): long", (_n, [v, by]) => rotate(v, by & 63)],
  ["static rotateRight(long, int): long", (_n, [v, by]) => rotate(v, -by & 63)],
  ["static reverse(long): long", (_n, [v]) => fromBits([...bits(v)].reverse().join(""))],
  [
    "static reverseBytes(long): long",
    (_n, [v]) => signed(BigInt(`0x${reverseBytes(unsigned(v).toString(16).padStart(16, "0"))}`)),
  ],
  ["static toUnsignedString(long): String", (_n, [v]) => unsigned(v).toString()],
  [
    "static toUnsignedString(long, int): String",
    (_n, [v, radix]) => unsigned(v).toString(usableRadix(radix)),
  ],
  ["static hashCode(long): int", (_n, [v]) => Number(BigInt.asIntN(32, unsigned(v) ^ (unsigned(v) >> 32n)))],
  ["static getLong(String): Long", () => null],
];

function rotate(value: bigint, by: number): bigint {
  const text = bits(value);
  return fromBits(text.slice(by) + text.slice(0, by));
}

const view = new DataView(new ArrayBuffer(8));

function doubleBits(value: number): bigint {
  view.setFloat64(0, value);
  // The bits of JavaScript's NaN may have a sign; Java gives the same ones for all.
  if (Number.isNaN(value)) return 0x7ff8000000000000n;
  return view.getBigInt64(0);
}

/** Double.toHexString(). */
export function hexDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (value === 0) return `${sign}0x0.0p0`;
  const raw = BigInt.asUintN(64, doubleBits(value));
  const exponent = Number((raw >> 52n) & 0x7ffn);
  const fraction = (raw & 0xfffffffffffffn).toString(16).padStart(13, "0").replace(/0+$/, "") || "0";
  return exponent === 0 ? `${sign}0x0.${fraction}p-1022` : `${sign}0x1.${fraction}p${exponent - 1023}`;
}

/** Static methods of Double on its bits. */
export const doubleBitMethods: readonly MethodEntry[] = [
  ["static toHexString(double): String", (_n, [v]) => hexDouble(v)],
  ["static doubleToLongBits(double): long", (_n, [v]) => doubleBits(v)],
  ["static doubleToRawLongBits(double): long", (_n, [v]) => doubleBits(v)],
  [
    "static longBitsToDouble(long): double",
    (_n, [v]) => {
      view.setBigInt64(0, v);
      return view.getFloat64(0);
    },
  ],
  [
    "static hashCode(double): int",
    (_n, [v]) => {
      const raw = BigInt.asUintN(64, doubleBits(v));
      return Number(BigInt.asIntN(32, raw ^ (raw >> 32n)));
    },
  ],
];
