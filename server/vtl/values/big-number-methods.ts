import { JavaBigDecimal, JavaBigInteger } from "@/server/toolkit/java/values";
import { calculate, compareNumbers } from "@/server/vtl/values/arithmetic";
import * as decimal from "@/server/vtl/values/big-decimal";
import { compareBridge } from "@/server/vtl/values/compare-bridge";
import type { CallEnvironment, MethodEntry } from "@/server/vtl/values/java-class";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";

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
  ["testBit(int): boolean", (n, [bit]) => ((n.value >> BigInt(bit)) & 1n) === 1n],
  ["compareTo(BigInteger): int", (n, [other]) => compareNumbers(n, big(whole(other)))],
  compareBridge,
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
  ["max(BigDecimal): BigDecimal", (n, [other]) => (decimal.compare(n, present(other)) >= 0 ? n : other)],
  ["min(BigDecimal): BigDecimal", (n, [other]) => (decimal.compare(n, present(other)) <= 0 ? n : other)],
  ["static valueOf(long): BigDecimal", (_n, [value]) => new JavaBigDecimal(value, 0)],
];
