import { JavaBigDecimal, JavaBigInteger } from "@/server/toolkit/java/values";
import { limitError } from "@/server/vtl/values/limit-error";

/** Digits a number may have: with more, one multiplication or its text would take too long. */
export const MAX_DIGITS = 100_000;
const LARGEST = 10n ** BigInt(MAX_DIGITS);
const MAX_BITS = Math.ceil(MAX_DIGITS * Math.log2(10));

/** Numbers with fewer digits cost no more than any other. */
const SHORT = 10n ** 300n;
const SHORT_SCALE = 300;
/** What working with a long number costs, in characters: about as long as the longest one takes. */
const LONG_COST = 16_000;

/** The value, unless it has too many digits; both sides of a comparison of BigInts are rarely looked into. */
export function sized(value: bigint): bigint {
  if (value >= LARGEST || value <= -LARGEST) throw limitError("number", MAX_DIGITS);
  return value;
}

/** Refuses a result of so many bits before it is computed. */
export function checkBits(bits: number): void {
  if (bits > MAX_BITS) throw limitError("number", MAX_DIGITS);
}

/** 10 to a power. */
export function tenTo(exponent: number): bigint {
  if (exponent > MAX_DIGITS) throw limitError("number", MAX_DIGITS);
  return 10n ** BigInt(exponent);
}

/** Characters that reading a value costs as a number: 0 for all but long BigIntegers and BigDecimals. */
export function numberCost(value: unknown): number {
  if (value instanceof JavaBigInteger) return isShort(value.value) ? 0 : LONG_COST;
  if (!(value instanceof JavaBigDecimal)) return 0;
  return isShort(value.unscaled) && Math.abs(value.scale) < SHORT_SCALE ? 0 : LONG_COST;
}

function isShort(value: bigint): boolean {
  return value < SHORT && value > -SHORT;
}
