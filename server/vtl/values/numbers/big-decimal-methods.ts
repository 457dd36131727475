import { formatDouble } from "@/server/toolkit/java/format-double";
import { JavaBigDecimal, JavaBigInteger } from "@/server/toolkit/java/values";
import { compareBridge } from "@/server/vtl/values/compare-bridge";
import type { CallEnvironment, MethodEntry } from "@/server/vtl/values/java-class";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";
import { TypedArray } from "@/server/vtl/values/java-objects";
import * as decimal from "@/server/vtl/values/numbers/big-decimal";
import { exact, power } from "@/server/vtl/values/numbers/big-integer-methods";
import * as division from "@/server/vtl/values/numbers/decimal-division";
import { sized, tenTo } from "@/server/vtl/values/numbers/number-size";

const big = (value: bigint): JavaBigInteger => new JavaBigInteger(value);

function present(value: JavaBigDecimal | null): JavaBigDecimal {
  if (value === null) throw nullPointer("val");
  return value;
}

function stripZeros(n: JavaBigDecimal): JavaBigDecimal {
  if (n.unscaled === 0n) return new JavaBigDecimal(0n, 0);
  return division.stripped(n, Number.NEGATIVE_INFINITY);
}

function plain(n: JavaBigDecimal, env: CallEnvironment): string {
  env.budget.checkText(Math.abs(n.scale));
  const negative = n.unscaled < 0n;
  const digits = (negative ? -n.unscaled : n.unscaled).toString();
  if (n.scale <= 0) return (negative ? "-" : "") + (n.unscaled === 0n ? "0" : digits + "0".repeat(-n.scale));
  const filled = digits.padStart(n.scale + 1, "0");
  return `${negative ? "-" : ""}${filled.slice(0, -n.scale)}.${filled.slice(-n.scale)}`;
}

/** A scale is an int: of zero it stops at the largest, of other numbers it may not go beyond. */
function checkedScale(n: JavaBigDecimal, scale: number): number {
  if (scale === (scale | 0)) return scale;
  if (n.unscaled === 0n) return scale > 0 ? 2147483647 : -2147483648;
  throw new JavaException("java.lang.ArithmeticException", scale > 0 ? "Underflow" : "Overflow");
}

function movePoint(n: JavaBigDecimal, left: number): JavaBigDecimal {
  if (left === 0) return n;
  const scale = checkedScale(n, n.scale + left);
  return scale >= 0
    ? new JavaBigDecimal(n.unscaled, scale)
    : new JavaBigDecimal(sized(n.unscaled * tenTo(-scale)), 0);
}

function decimalPower(n: JavaBigDecimal, exponent: number): JavaBigDecimal {
  if (exponent < 0) throw new JavaException("java.lang.ArithmeticException", "Invalid operation");
  return new JavaBigDecimal(power(n.unscaled, exponent).value, checkedScale(n, n.scale * exponent));
}

/** The same value with another number of decimals; an error where digits would be lost. */
function withScale(n: JavaBigDecimal, scale: number): JavaBigDecimal {
  if (scale >= n.scale) return new JavaBigDecimal(sized(n.unscaled * tenTo(scale - n.scale)), scale);
  const unit = tenTo(n.scale - scale);
  if (n.unscaled % unit !== 0n)
    throw new JavaException("java.lang.ArithmeticException", "Rounding necessary");
  return new JavaBigDecimal(n.unscaled / unit, scale);
}

/** As toString(), but with exponents that are multiples of three. */
function engineering(n: JavaBigDecimal, env: CallEnvironment): string {
  const negative = n.unscaled < 0n;
  const digits = (negative ? -n.unscaled : n.unscaled).toString();
  const exponent = digits.length - 1 - n.scale;
  if (n.scale === 0 || (n.scale > 0 && exponent >= -6)) return plain(n, env);
  const before = (((exponent % 3) + 3) % 3) + 1;
  let shown = exponent - before + 1;
  let text =
    digits.length <= before
      ? digits.padEnd(before, "0")
      : `${digits.slice(0, before)}.${digits.slice(before)}`;
  if (n.unscaled === 0n) {
    text = ["0", "0.00", "0.0"][before - 1] as string;
    if (before > 1) shown += 3;
  }
  const end = shown === 0 ? "" : `E${shown > 0 ? "+" : ""}${shown}`;
  return `${negative ? "-" : ""}${text}${end}`;
}

/** No template has a MathContext or a RoundingMode: what takes one can be called with null only. */
function withoutContext(): MethodEntry[] {
  const refuse = (): never => {
    throw nullPointer("mc");
  };
  const binary = ["add", "subtract", "multiply", "divide", "remainder", "divideToIntegralValue"];
  return [
    ...binary.map((name): MethodEntry => [`${name}(BigDecimal, MathContext): BigDecimal`, refuse]),
    ...["abs", "negate", "plus", "round", "sqrt"].map(
      (name): MethodEntry => [`${name}(MathContext): BigDecimal`, refuse],
    ),
    ["pow(int, MathContext): BigDecimal", refuse],
    ["divideAndRemainder(BigDecimal, MathContext): BigDecimal[]", refuse],
    ["divide(BigDecimal, RoundingMode): BigDecimal", refuse],
    ["divide(BigDecimal, int, RoundingMode): BigDecimal", refuse],
    ["setScale(int, RoundingMode): BigDecimal", refuse],
  ];
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
  [
    "scaleByPowerOfTen(int): BigDecimal",
    (n, [by]) => new JavaBigDecimal(n.unscaled, checkedScale(n, n.scale - by)),
  ],
  ["pow(int): BigDecimal", (n, [exponent]) => decimalPower(n, exponent)],
  ["setScale(int): BigDecimal", (n, [scale]) => withScale(n, scale)],
  ["toEngineeringString(): String", (n, _args, env) => engineering(n, env)],
  ["intValueExact(): int", (n) => Number(exact(withScale(n, 0).unscaled, 32, "int"))],
  ["longValueExact(): long", (n) => exact(withScale(n, 0).unscaled, 64, "long")],
  ["toBigIntegerExact(): BigInteger", (n) => big(withScale(n, 0).unscaled)],
  ["max(BigDecimal): BigDecimal", (n, [other]) => (decimal.compare(n, present(other)) >= 0 ? n : other)],
  ["min(BigDecimal): BigDecimal", (n, [other]) => (decimal.compare(n, present(other)) <= 0 ? n : other)],
  ["shortValueExact(): short", (n) => Number(exact(withScale(n, 0).unscaled, 16, "short"))],
  ["byteValueExact(): byte", (n) => Number(exact(withScale(n, 0).unscaled, 8, "byte"))],
  ["divide(BigDecimal): BigDecimal", (n, [by], env) => division.divideExactly(n, present(by), env)],
  [
    "divide(BigDecimal, int): BigDecimal",
    (n, [by, mode], env) => division.divideRounded(n, present(by), { scale: n.scale, mode }, env),
  ],
  [
    "divide(BigDecimal, int, int): BigDecimal",
    (n, [by, scale, mode], env) => division.divideRounded(n, present(by), { scale, mode }, env),
  ],
  ["setScale(int, int): BigDecimal", (n, [scale, mode], env) => division.rescaled(n, { scale, mode }, env)],
  [
    "divideToIntegralValue(BigDecimal): BigDecimal",
    (n, [by], env) => division.divideToWhole(n, present(by), env),
  ],
  ["remainder(BigDecimal): BigDecimal", (n, [by], env) => division.remainder(n, present(by), env)],
  [
    "divideAndRemainder(BigDecimal): BigDecimal[]",
    (n, [by], env) =>
      TypedArray.containing(
        [division.divideToWhole(n, present(by), env), division.remainder(n, present(by), env)],
        "BigDecimal",
      ),
  ],
  ["static valueOf(long): BigDecimal", (_n, [value]) => new JavaBigDecimal(value, 0)],
  ["static valueOf(long, int): BigDecimal", (_n, [value, scale]) => new JavaBigDecimal(value, scale)],
  ["static valueOf(double): BigDecimal", (_n, [value]) => decimal.parseBigDecimal(formatDouble(value))],
  ...withoutContext(),
];
