import { JavaBigDecimal, JavaBigInteger } from "@/server/toolkit/java/values";
import { compareBridge } from "@/server/vtl/values/compare-bridge";
import type { CallEnvironment, MethodEntry } from "@/server/vtl/values/java-class";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";
import { TypedArray } from "@/server/vtl/values/java-objects";
import { calculate, compareNumbers } from "@/server/vtl/values/numbers/arithmetic";
import * as decimal from "@/server/vtl/values/numbers/big-decimal";
import { byteArray } from "@/server/vtl/values/strings/string-layout-methods";

function whole(value: JavaBigInteger | null): bigint {
  if (value === null) throw nullPointer("val");
  return value.value;
}

const big = (value: bigint): JavaBigInteger => new JavaBigInteger(value);

function nonZero(value: bigint): bigint {
  if (value === 0n) throw new JavaException("java.lang.ArithmeticException", "BigInteger divide by zero");
  return value;
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : (value < 0n ? -value - 1n : value).toString(2).replace(/^0$/, "").length;
}

function power(base: bigint, exponent: number, env: CallEnvironment): JavaBigInteger {
  if (exponent < 0) throw new JavaException("java.lang.ArithmeticException", "Negative exponent");
  env.budget.checkText(bitLength(base) * exponent);
  return big(base ** BigInt(exponent));
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}

function shift(value: bigint, by: number, env: CallEnvironment): JavaBigInteger {
  if (by > 0) env.budget.checkText(by);
  return big(by >= 0 ? value << BigInt(by) : value >> BigInt(-by));
}

function bitMask(bit: number, env: CallEnvironment): bigint {
  if (bit < 0) throw new JavaException("java.lang.ArithmeticException", "Negative bit address");
  env.budget.checkText(bit);
  return 1n << BigInt(bit);
}

function squareRoot(value: bigint): bigint {
  if (value < 0n) throw new JavaException("java.lang.ArithmeticException", "Negative BigInteger");
  if (value < 2n) return value;
  let root = 1n << BigInt((bitLength(value) + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Two's complement, the highest byte first. */
function bytesOf(value: bigint): number[] {
  const count = (bitLength(value) >> 3) + 1;
  return Array.from({ length: count }, (_, i) => Number((value >> BigInt(8 * (count - 1 - i))) & 0xffn));
}

function divided(a: bigint, b: bigint): TypedArray {
  return TypedArray.containing([big(a / b), big(a % b)], "BigInteger");
}

function exact(value: bigint, bits: number, type: string): bigint {
  if (BigInt.asIntN(bits, value) === value) return value;
  throw new JavaException("java.lang.ArithmeticException", `BigInteger out of ${type} range`);
}

export const bigIntegerMethods: readonly MethodEntry[] = [
  ["add(BigInteger): BigInteger", (n, [other]) => big(n.value + whole(other))],
  ["subtract(BigInteger): BigInteger", (n, [other]) => big(n.value - whole(other))],
  [
    "multiply(BigInteger): BigInteger",
    (n, [other], env) => {
      env.budget.checkText(bitLength(n.value) + bitLength(whole(other)));
      return big(n.value * whole(other));
    },
  ],
  ["divide(BigInteger): BigInteger", (n, [other]) => big(n.value / nonZero(whole(other)))],
  ["remainder(BigInteger): BigInteger", (n, [other]) => big(n.value % nonZero(whole(other)))],
  ["mod(BigInteger): BigInteger", (n, [other]) => calculate("%", n, big(nonZero(whole(other))))],
  ["pow(int): BigInteger", (n, [exponent], env) => power(n.value, exponent, env)],
  ["abs(): BigInteger", (n: JavaBigInteger) => big(n.value < 0n ? -n.value : n.value)],
  ["negate(): BigInteger", (n: JavaBigInteger) => big(-n.value)],
  ["signum(): int", (n) => (n.value > 0n ? 1 : n.value < 0n ? -1 : 0)],
  ["gcd(BigInteger): BigInteger", (n, [other]) => big(greatestCommonDivisor(n.value, whole(other)))],
  ["max(BigInteger): BigInteger", (n, [other]) => (n.value >= whole(other) ? n : other)],
  ["min(BigInteger): BigInteger", (n, [other]) => (n.value <= whole(other) ? n : other)],
  ["bitLength(): int", (n) => bitLength(n.value)],
  [
    "bitCount(): int",
    (n: JavaBigInteger) => (n.value < 0n ? -n.value - 1n : n.value).toString(2).replaceAll("0", "").length,
  ],
  [
    "getLowestSetBit(): int",
    (n: JavaBigInteger) => (n.value === 0n ? -1 : (n.value & -n.value).toString(2).length - 1),
  ],
  ["testBit(int): boolean", (n, [bit], env) => (n.value & bitMask(bit, env)) !== 0n],
  ["compareTo(BigInteger): int", (n, [other]) => compareNumbers(n, big(whole(other)))],
  compareBridge,
  ["shiftLeft(int): BigInteger", (n, [by], env) => shift(n.value, by, env)],
  ["shiftRight(int): BigInteger", (n, [by], env) => shift(n.value, -by, env)],
  ["and(BigInteger): BigInteger", (n, [other]) => big(n.value & whole(other))],
  ["or(BigInteger): BigInteger", (n, [other]) => big(n.value | whole(other))],
  ["xor(BigInteger): BigInteger", (n, [other]) => big(n.value ^ whole(other))],
  ["andNot(BigInteger): BigInteger", (n, [other]) => big(n.value & ~whole(other))],
  ["not(): BigInteger", (n: JavaBigInteger) => big(~n.value)],
  ["setBit(int): BigInteger", (n, [bit], env) => big(n.value | bitMask(bit, env))],
  ["clearBit(int): BigInteger", (n, [bit], env) => big(n.value & ~bitMask(bit, env))],
  ["flipBit(int): BigInteger", (n, [bit], env) => big(n.value ^ bitMask(bit, env))],
  ["sqrt(): BigInteger", (n) => big(squareRoot(n.value))],
  ["toByteArray(): byte[]", (n) => byteArray(bytesOf(n.value))],
  ["divideAndRemainder(BigInteger): BigInteger[]", (n, [other]) => divided(n.value, nonZero(whole(other)))],
  ["intValueExact(): int", (n) => Number(exact(n.value, 32, "int"))],
  ["longValueExact(): long", (n) => exact(n.value, 64, "long")],
  ["shortValueExact(): short", (n) => Number(exact(n.value, 16, "short"))],
  ["byteValueExact(): byte", (n) => Number(exact(n.value, 8, "byte"))],
  ["toString(int): String", (n, [radix]) => n.value.toString(radix >= 2 && radix <= 36 ? radix : 10)],
  ["static valueOf(long): BigInteger", (_n, [value]) => big(value)],
];

function present(value: JavaBigDecimal | null): JavaBigDecimal {
  if (value === null) throw nullPointer("val");
  return value;
}

function stripZeros(n: JavaBigDecimal): JavaBigDecimal {
  if (n.unscaled === 0n) return new JavaBigDecimal(0n, 0);
  let { unscaled, scale } = n;
  while (unscaled % 10n === 0n) {
    unscaled /= 10n;
    scale--;
  }
  return new JavaBigDecimal(unscaled, scale);
}

function plain(n: JavaBigDecimal, env: CallEnvironment): string {
  env.budget.checkText(Math.abs(n.scale));
  const negative = n.unscaled < 0n;
  const digits = (negative ? -n.unscaled : n.unscaled).toString();
  if (n.scale <= 0) return (negative ? "-" : "") + (n.unscaled === 0n ? "0" : digits + "0".repeat(-n.scale));
  const filled = digits.padStart(n.scale + 1, "0");
  return `${negative ? "-" : ""}${filled.slice(0, -n.scale)}.${filled.slice(-n.scale)}`;
}

function movePoint(n: JavaBigDecimal, left: number): JavaBigDecimal {
  if (left === 0) return n;
  const scale = n.scale + left;
  return scale >= 0
    ? new JavaBigDecimal(n.unscaled, scale)
    : new JavaBigDecimal(n.unscaled * 10n ** BigInt(-scale), 0);
}

function decimalPower(n: JavaBigDecimal, exponent: number, env: CallEnvironment): JavaBigDecimal {
  if (exponent < 0) throw new JavaException("java.lang.ArithmeticException", "Invalid operation");
  return new JavaBigDecimal(power(n.unscaled, exponent, env).value, n.scale * exponent);
}

/** The same value with another number of decimals; an error where digits would be lost. */
function withScale(n: JavaBigDecimal, scale: number, env: CallEnvironment): JavaBigDecimal {
  env.budget.checkText(Math.abs(scale - n.scale));
  if (scale >= n.scale) return new JavaBigDecimal(n.unscaled * 10n ** BigInt(scale - n.scale), scale);
  const unit = 10n ** BigInt(n.scale - scale);
  if (n.unscaled % unit !== 0n)
    throw new JavaException("java.lang.ArithmeticException", "Rounding necessary");
  return new JavaBigDecimal(n.unscaled / unit, scale);
}

export const bigDecimalMethods: readonly MethodEntry[] = [
  ["add(BigDecimal): BigDecimal", (n, [other]) => decimal.add(n, present(other))],
  ["subtract(BigDecimal): BigDecimal", (n, [other]) => decimal.subtract(n, present(other))],
  ["multiply(BigDecimal): BigDecimal", (n, [other]) => decimal.multiply(n, present(other))],
  [
    "abs(): BigDecimal",
    (n: JavaBigDecimal) => new JavaBigDecimal(n.unscaled < 0n ? -n.unscaled : n.unscaled, n.scale),
  ],
  ["negate(): BigDecimal", (n: JavaBigDecimal) => new JavaBigDecimal(-n.unscaled, n.scale)],
  ["signum(): int", (n) => (n.unscaled > 0n ? 1 : n.unscaled < 0n ? -1 : 0)],
  ["scale(): int", (n) => n.scale],
  ["precision(): int", (n: JavaBigDecimal) => (n.unscaled < 0n ? -n.unscaled : n.unscaled).toString().length],
  ["unscaledValue(): BigInteger", (n) => big(n.unscaled)],
  ["toBigInteger(): BigInteger", (n) => big(decimal.toBigInteger(n))],
  ["stripTrailingZeros(): BigDecimal", (n) => stripZeros(n)],
  ["toPlainString(): String", (n, _args, env) => plain(n, env)],
  ["compareTo(BigDecimal): int", (n, [other]) => decimal.compare(n, present(other))],
  compareBridge,
  ["plus(): BigDecimal", (n) => n],
  ["ulp(): BigDecimal", (n) => new JavaBigDecimal(1n, n.scale)],
  ["movePointLeft(int): BigDecimal", (n, [by]) => movePoint(n, by)],
  ["movePointRight(int): BigDecimal", (n, [by]) => movePoint(n, -by)],
  ["scaleByPowerOfTen(int): BigDecimal", (n, [by]) => new JavaBigDecimal(n.unscaled, n.scale - by)],
  ["pow(int): BigDecimal", (n, [exponent], env) => decimalPower(n, exponent, env)],
  ["setScale(int): BigDecimal", (n, [scale], env) => withScale(n, scale, env)],
  ["toEngineeringString(): String", (n, _args, env) => env.toText(n)],
  ["intValueExact(): int", (n, _args, env) => Number(exact(withScale(n, 0, env).unscaled, 32, "int"))],
  ["longValueExact(): long", (n, _args, env) => exact(withScale(n, 0, env).unscaled, 64, "long")],
  ["toBigIntegerExact(): BigInteger", (n, _args, env) => big(withScale(n, 0, env).unscaled)],
  ["max(BigDecimal): BigDecimal", (n, [other]) => (decimal.compare(n, present(other)) >= 0 ? n : other)],
  ["min(BigDecimal): BigDecimal", (n, [other]) => (decimal.compare(n, present(other)) <= 0 ? n : other)],
  ["static valueOf(long): BigDecimal", (_n, [value]) => new JavaBigDecimal(value, 0)],
];
