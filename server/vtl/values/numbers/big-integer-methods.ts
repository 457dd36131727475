import { JavaBigInteger } from "@/server/toolkit/java/values";
import { compareBridge } from "@/server/vtl/values/compare-bridge";
import type { CallEnvironment, MethodEntry } from "@/server/vtl/values/java-class";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";
import { TypedArray } from "@/server/vtl/values/java-objects";
import { calculate, compareNumbers } from "@/server/vtl/values/numbers/arithmetic";
import { checkBits, sized } from "@/server/vtl/values/numbers/number-size";
import { byteArray } from "@/server/vtl/values/strings/string-layout-methods";

function whole(value: JavaBigInteger | null): bigint {
  if (value === null) throw nullPointer("val");
  return value.value;
}

const big = (value: bigint): JavaBigInteger => new JavaBigInteger(sized(value));

function nonZero(value: bigint): bigint {
  if (value === 0n) throw new JavaException("java.lang.ArithmeticException", "BigInteger divide by zero");
  return value;
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : (value < 0n ? -value - 1n : value).toString(2).replace(/^0$/, "").length;
}

export function power(base: bigint, exponent: number): JavaBigInteger {
  if (exponent < 0) throw new JavaException("java.lang.ArithmeticException", "Negative exponent");
  checkBits(bitLength(base) * exponent);
  return big(base ** BigInt(exponent));
}

/** Steps for one division of Euclid's algorithm, of which long numbers take hundreds of thousands. */
const DIVISION_STEPS = 16;

function greatestCommonDivisor(a: bigint, b: bigint, { budget }: CallEnvironment): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) {
    budget.spend(DIVISION_STEPS);
    [x, y] = [y, x % y];
  }
  return x;
}

function shift(value: bigint, by: number): JavaBigInteger {
  if (by > 0) checkBits(by);
  return big(by >= 0 ? value << BigInt(by) : value >> BigInt(-by));
}

function bitMask(bit: number): bigint {
  if (bit < 0) throw new JavaException("java.lang.ArithmeticException", "Negative bit address");
  checkBits(bit);
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

function rootAndRest(value: bigint): TypedArray {
  const root = squareRoot(value);
  return TypedArray.containing([big(root), big(value - root * root)], "BigInteger");
}

function positive(modulus: bigint): bigint {
  if (modulus <= 0n)
    throw new JavaException("java.lang.ArithmeticException", "BigInteger: modulus not positive");
  return modulus;
}

const reduced = (value: bigint, modulus: bigint): bigint => ((value % modulus) + modulus) % modulus;

function modularInverse(value: bigint, modulus: bigint, { budget }: CallEnvironment): bigint {
  positive(modulus);
  let [r, rest, t, next] = [reduced(value, modulus), modulus, 1n, 0n];
  while (rest !== 0n) {
    budget.spend(DIVISION_STEPS);
    const quotient = r / rest;
    [r, rest] = [rest, r - quotient * rest];
    [t, next] = [next, t - quotient * next];
  }
  if (r !== 1n) throw new JavaException("java.lang.ArithmeticException", "BigInteger not invertible.");
  return reduced(t, modulus);
}

function modularPower(
  value: bigint,
  [exponent, modulus]: [bigint, bigint],
  env: CallEnvironment,
): JavaBigInteger {
  positive(modulus);
  let base = exponent < 0n ? modularInverse(value, modulus, env) : reduced(value, modulus);
  let result = 1n % modulus;
  for (let rest = exponent < 0n ? -exponent : exponent; rest > 0n; rest >>= 1n) {
    env.budget.spend(1 + (bitLength(modulus) >> 6));
    if (rest & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return big(result);
}

function divided(a: bigint, b: bigint): TypedArray {
  return TypedArray.containing([big(a / b), big(a % b)], "BigInteger");
}

export function exact(value: bigint, bits: number, type: string): bigint {
  if (BigInt.asIntN(bits, value) === value) return value;
  throw new JavaException("java.lang.ArithmeticException", `BigInteger out of ${type} range`);
}

export const bigIntegerMethods: readonly MethodEntry[] = [
  ["add(BigInteger): BigInteger", (n, [other]) => big(n.value + whole(other))],
  ["subtract(BigInteger): BigInteger", (n, [other]) => big(n.value - whole(other))],
  ["multiply(BigInteger): BigInteger", (n, [other]) => big(n.value * whole(other))],
  ["divide(BigInteger): BigInteger", (n, [other]) => big(n.value / nonZero(whole(other)))],
  ["remainder(BigInteger): BigInteger", (n, [other]) => big(n.value % nonZero(whole(other)))],
  ["mod(BigInteger): BigInteger", (n, [other]) => calculate("%", n, big(nonZero(whole(other))))],
  ["pow(int): BigInteger", (n, [exponent]) => power(n.value, exponent)],
  ["abs(): BigInteger", (n: JavaBigInteger) => big(n.value < 0n ? -n.value : n.value)],
  ["negate(): BigInteger", (n: JavaBigInteger) => big(-n.value)],
  ["signum(): int", (n) => (n.value > 0n ? 1 : n.value < 0n ? -1 : 0)],
  [
    "gcd(BigInteger): BigInteger",
    (n, [other], env) => big(greatestCommonDivisor(n.value, whole(other), env)),
  ],
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
  ["testBit(int): boolean", (n, [bit]) => (n.value & bitMask(bit)) !== 0n],
  ["compareTo(BigInteger): int", (n, [other]) => compareNumbers(n, big(whole(other)))],
  compareBridge,
  ["shiftLeft(int): BigInteger", (n, [by]) => shift(n.value, by)],
  ["shiftRight(int): BigInteger", (n, [by]) => shift(n.value, -by)],
  ["and(BigInteger): BigInteger", (n, [other]) => big(n.value & whole(other))],
  ["or(BigInteger): BigInteger", (n, [other]) => big(n.value | whole(other))],
  ["xor(BigInteger): BigInteger", (n, [other]) => big(n.value ^ whole(other))],
  ["andNot(BigInteger): BigInteger", (n, [other]) => big(n.value & ~whole(other))],
  ["not(): BigInteger", (n: JavaBigInteger) => big(~n.value)],
  ["setBit(int): BigInteger", (n, [bit]) => big(n.value | bitMask(bit))],
  ["clearBit(int): BigInteger", (n, [bit]) => big(n.value & ~bitMask(bit))],
  ["flipBit(int): BigInteger", (n, [bit]) => big(n.value ^ bitMask(bit))],
  ["sqrt(): BigInteger", (n) => big(squareRoot(n.value))],
  ["sqrtAndRemainder(): BigInteger[]", (n) => rootAndRest(n.value)],
  [
    "modPow(BigInteger, BigInteger): BigInteger",
    (n, [e, m], env) => modularPower(n.value, [whole(e), whole(m)], env),
  ],
  [
    "modInverse(BigInteger): BigInteger",
    (n, [modulus], env) => big(modularInverse(n.value, whole(modulus), env)),
  ],
  ["toByteArray(): byte[]", (n) => byteArray(bytesOf(n.value))],
  ["divideAndRemainder(BigInteger): BigInteger[]", (n, [other]) => divided(n.value, nonZero(whole(other)))],
  ["intValueExact(): int", (n) => Number(exact(n.value, 32, "int"))],
  ["longValueExact(): long", (n) => exact(n.value, 64, "long")],
  ["shortValueExact(): short", (n) => Number(exact(n.value, 16, "short"))],
  ["byteValueExact(): byte", (n) => Number(exact(n.value, 8, "byte"))],
  ["toString(int): String", (n, [radix]) => n.value.toString(radix >= 2 && radix <= 36 ? radix : 10)],
  ["static valueOf(long): BigInteger", (_n, [value]) => big(value)],
];
