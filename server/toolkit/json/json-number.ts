import { integerFromBigInt, JavaBigDecimal, JavaDouble } from "../java/values";
import { JsonParseError } from "./json-parse-error";

/** json-smart keeps decimals of more than this many characters exact. */
const LONGEST_DOUBLE = 18;

/** Reading and printing a number takes longer than linear time. */
const LONGEST_NUMBER = 100_000;

function checkLength(text: string): void {
  if (text.length > LONGEST_NUMBER) {
    throw new JsonParseError(`A number of more than ${LONGEST_NUMBER} digits`, 0);
  }
}

/** Digits, with or without a minus sign → Integer, Long or BigInteger. "-" alone is 0, as in json-smart. */
export function integerFromText(text: string): unknown {
  if (text.length <= 9) return text === "-" ? 0 : Number.parseInt(text, 10) + 0;
  checkLength(text);
  return integerFromBigInt(BigInt(text));
}

const LONGEST_LONG = 19;

/**
 * What json-smart makes of characters that are no digits: it takes each for its distance from "0". Undefined for
 * texts that are longer than a Long, which it leaves to BigInteger.
 */
export function integerFromAnything(text: string): unknown {
  const negative = text.startsWith("-");
  if (text.length > LONGEST_LONG + Number(negative)) return undefined;
  let value = 0n;
  for (let i = negative ? 1 : 0; i < text.length; i += 1) {
    value = value * 10n + BigInt(text.charCodeAt(i) - 48);
  }
  return integerFromBigInt(BigInt.asIntN(64, negative ? -value : value));
}

/** A number with a point or an exponent → Double, or BigDecimal where it is longer than 18 characters. */
export function decimalFromText(text: string): JavaDouble | JavaBigDecimal {
  return text.length > LONGEST_DOUBLE ? bigDecimalFromText(text) : new JavaDouble(Number(text));
}

/** Whether json-smart keeps it exact, and is then strict about its characters. */
export const isLongDecimal = (text: string): boolean => text.length > LONGEST_DOUBLE;

const LARGEST_INT = 2147483647;

/** Whether BigDecimal has room for the number's exponent; the doubles of short texts just become infinite. */
export function isReadableDecimal(text: string): boolean {
  if (text.length <= LONGEST_DOUBLE) return true;
  const exponent = Number(/[eE]([-+]?\d+)$/.exec(text)?.[1] ?? 0);
  const decimals = /\.(\d*)/.exec(text)?.[1]?.length ?? 0;
  return Math.abs(exponent) <= LARGEST_INT && decimals - exponent <= LARGEST_INT;
}

/** new BigDecimal(text): the digits exactly as written, zeros at the end included. */
export function bigDecimalFromText(text: string): JavaBigDecimal {
  checkLength(text);
  const exponentAt = text.search(/e/i);
  const mantissa = exponentAt < 0 ? text : text.slice(0, exponentAt);
  const exponent = exponentAt < 0 ? 0 : Number(text.slice(exponentAt + 1));
  const point = mantissa.indexOf(".");
  if (point < 0) return new JavaBigDecimal(BigInt(mantissa), 0 - exponent);
  const fraction = mantissa.slice(point + 1);
  const whole = mantissa.slice(0, point);
  const digits = BigInt(whole.replace(/^[+-]/, "") + fraction);
  return new JavaBigDecimal(whole.startsWith("-") ? -digits : digits, fraction.length - exponent);
}
