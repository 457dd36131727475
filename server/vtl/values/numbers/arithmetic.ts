import {
  type JavaNumber as BasicNumber,
  INT_MAX,
  INT_MIN,
  isJavaNumber as isBasicNumber,
  JavaBigDecimal,
  JavaBigInteger,
  JavaDouble,
  JavaLong,
  LONG_MAX,
  LONG_MIN,
} from "@/server/toolkit/java/values";
import { JavaException } from "@/server/vtl/values/java-exception";
import { JavaFloat, JavaSmallInteger } from "@/server/vtl/values/java-objects";
import * as decimal from "@/server/vtl/values/numbers/big-decimal";
import { sized } from "@/server/vtl/values/numbers/number-size";

export type JavaNumber = BasicNumber | JavaFloat | JavaSmallInteger;

export function isJavaNumber(value: unknown): value is JavaNumber {
  return isBasicNumber(value) || value instanceof JavaFloat || value instanceof JavaSmallInteger;
}

/** Number.doubleValue(). */
export function doubleValue(n: JavaNumber): number {
  if (typeof n === "number") return n;
  if (n instanceof JavaLong || n instanceof JavaBigInteger) return Number(n.value);
  if (n instanceof JavaBigDecimal) return Number(decimal.plainText(n));
  return n.value;
}

/** Number.longValue(): the low 64 bits of whole numbers, decimals cut off and clamped (BigDecimal: low bits). */
export function longValue(n: JavaNumber): bigint {
  if (typeof n === "number") return BigInt(n);
  if (n instanceof JavaSmallInteger) return BigInt(n.value);
  if (n instanceof JavaLong) return n.value;
  if (n instanceof JavaBigInteger) return BigInt.asIntN(64, n.value);
  if (n instanceof JavaBigDecimal) return BigInt.asIntN(64, decimal.toBigInteger(n));
  const { value } = n;
  if (Number.isNaN(value)) return 0n;
  if (value >= 2 ** 63) return LONG_MAX;
  if (value <= -(2 ** 63)) return LONG_MIN;
  return BigInt(Math.trunc(value));
}

/** Number.intValue(). */
export function intValue(n: JavaNumber): number {
  if (typeof n === "number") return n;
  if (n instanceof JavaDouble || n instanceof JavaFloat) {
    if (Number.isNaN(n.value)) return 0;
    return Math.min(INT_MAX, Math.max(INT_MIN, Math.trunc(n.value))) | 0;
  }
  return Number(BigInt.asIntN(32, longValue(n)));
}

type Base = "long" | "float" | "double" | "big-integer" | "big-decimal";

function isWhole(n: JavaNumber): boolean {
  return (
    typeof n === "number" ||
    n instanceof JavaLong ||
    n instanceof JavaBigInteger ||
    n instanceof JavaSmallInteger
  );
}

function baseOf(a: JavaNumber, b: JavaNumber): Base {
  const wholeA = isWhole(a);
  const wholeB = isWhole(b);
  const bigInteger = a instanceof JavaBigInteger || b instanceof JavaBigInteger;
  if (a instanceof JavaBigDecimal || b instanceof JavaBigDecimal) return "big-decimal";
  if (wholeA && wholeB) return bigInteger ? "big-integer" : "long";
  if (bigInteger) return "big-decimal";
  return a instanceof JavaDouble || b instanceof JavaDouble ? "double" : "float";
}

function toBigInteger(n: JavaNumber): bigint {
  return n instanceof JavaBigInteger ? n.value : longValue(n);
}

function toBigDecimal(n: JavaNumber): JavaBigDecimal {
  if (n instanceof JavaBigDecimal) return n;
  if (n instanceof JavaBigInteger) return new JavaBigDecimal(n.value, 0);
  return decimal.fromDouble(doubleValue(n));
}

const sizes = ["byte", "short", "int", "long"] as const;

function sizeOf(n: JavaNumber): number {
  if (n instanceof JavaSmallInteger) return n.type === "byte" ? 0 : 1;
  return typeof n === "number" ? 2 : 3;
}

/** The narrowest type that is not below either operand's and holds the value. */
function wrapLong(value: bigint, a: JavaNumber, b: JavaNumber): JavaNumber {
  for (let size = Math.max(sizeOf(a), sizeOf(b)); size < 3; size++) {
    const limit = 1n << BigInt(7 + size * 8 + (size === 2 ? 8 : 0));
    if (value >= limit || value < -limit) continue;
    if (size === 2) return Number(value);
    return new JavaSmallInteger(sizes[size] as "byte" | "short", Number(value));
  }
  return new JavaLong(value);
}

type Operation = {
  long(a: bigint, b: bigint): bigint;
  double(a: number, b: number): number;
  bigInteger(a: bigint, b: bigint): bigint;
  bigDecimal(a: JavaBigDecimal, b: JavaBigDecimal): JavaBigDecimal;
  /** Whether the 64-bit result is wrong, so that it is computed again without a limit. */
  overflows(a: bigint, b: bigint): boolean;
};

const inLong = (value: bigint): boolean => value >= LONG_MIN && value <= LONG_MAX;

const operations = {
  "+": {
    long: (a, b) => a + b,
    double: (a, b) => a + b,
    bigInteger: (a, b) => a + b,
    bigDecimal: decimal.add,
    overflows: (a, b) => !inLong(a + b),
  },
  "-": {
    long: (a, b) => a - b,
    double: (a, b) => a - b,
    bigInteger: (a, b) => a - b,
    bigDecimal: decimal.subtract,
    overflows: (a, b) => !inLong(a - b),
  },
  "*": {
    long: (a, b) => BigInt.asIntN(64, a * b),
    double: (a, b) => a * b,
    bigInteger: (a, b) => a * b,
    bigDecimal: decimal.multiply,
    // Velocity checks by dividing back, which misses the one product that wraps onto its own left side.
    overflows: (a, b) => !inLong(a * b) && !(a === LONG_MIN && b === -1n),
  },
  "/": {
    long: (a, b) => BigInt.asIntN(64, a / b),
    double: (a, b) => a / b,
    bigInteger: (a, b) => a / b,
    bigDecimal: decimal.divide,
    overflows: () => false,
  },
  "%": {
    long: (a, b) => a % b,
    double: (a, b) => a % b,
    bigInteger: bigIntegerModulo,
    bigDecimal: () => {
      throw new JavaException("java.lang.ArithmeticException", "Cannot calculate the modulo of BigDecimals.");
    },
    overflows: () => false,
  },
} satisfies Record<string, Operation>;

function bigIntegerModulo(a: bigint, b: bigint): bigint {
  if (b < 0n) throw new JavaException("java.lang.ArithmeticException", "BigInteger: modulus not positive");
  const rest = a % b;
  return rest < 0n ? rest + b : rest;
}

export type ArithmeticOperator = keyof typeof operations;

/** Velocity's + - * / % on two numbers; null for a division by zero. Results take the wider operand's type. */
export function calculate(operator: ArithmeticOperator, a: JavaNumber, b: JavaNumber): JavaNumber | null {
  if ((operator === "/" || operator === "%") && isZero(b)) return null;
  const operation: Operation = operations[operator];
  switch (baseOf(a, b)) {
    case "long": {
      const left = longValue(a);
      const right = longValue(b);
      if (operation.overflows(left, right))
        return new JavaBigInteger(sized(operation.bigInteger(left, right)));
      return wrapLong(operation.long(left, right), a, b);
    }
    case "double":
      return new JavaDouble(operation.double(doubleValue(a), doubleValue(b)));
    case "float":
      return new JavaFloat(
        Math.fround(operation.double(Math.fround(doubleValue(a)), Math.fround(doubleValue(b)))),
      );
    case "big-integer":
      return new JavaBigInteger(sized(operation.bigInteger(toBigInteger(a), toBigInteger(b))));
    default:
      return operation.bigDecimal(toBigDecimal(a), toBigDecimal(b));
  }
}

function isZero(n: JavaNumber): boolean {
  if (typeof n === "number") return n === 0;
  if (n instanceof JavaBigDecimal) return n.unscaled === 0n;
  return Number(n.value) === 0;
}

/** -1, 0 or 1. NaN counts as equal to everything, as Velocity's comparison has it. */
export function compareNumbers(a: JavaNumber, b: JavaNumber): number {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  switch (baseOf(a, b)) {
    case "long":
    case "big-integer": {
      const left = toBigInteger(a);
      const right = toBigInteger(b);
      return left < right ? -1 : left > right ? 1 : 0;
    }
    case "big-decimal":
      return decimal.compare(toBigDecimal(a), toBigDecimal(b));
    default: {
      const left = doubleValue(a);
      const right = doubleValue(b);
      return left < right ? -1 : left > right ? 1 : 0;
    }
  }
}
