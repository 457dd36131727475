import { javaDigits } from "./java-double-digits";

/**
 * Double.toString() as Java 17 writes it: plain decimals from 1e-3 up to 1e7, else "d.dddE±n"; always
 * at least one digit after the point.
 *
 * @param value any double, also NaN, the infinities and -0
 */
export function formatDouble(value: number): string {
  if (Number.isInteger(value) && value < 1e7 && value > -1e7) {
    return value === 0 && Object.is(value, -0) ? "-0.0" : `${value}.0`;
  }
  if (!Number.isFinite(value)) return String(value);
  const size = value < 0 ? -value : value;
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    // Up to 15 digits the shortest form and Java's agree; beyond that Java may write a digit more.
    if (text.length <= 15) return text;
  }
  const { digits, exponent } = javaDigits(size);
  const sign = value < 0 ? "-" : "";
  if (exponent > -3 && exponent < 8) return sign + plain(digits, exponent);
  return `${sign}${digits[0]}.${digits.length > 1 ? digits.slice(1) : "0"}E${exponent - 1}`;
}

function plain(digits: string, exponent: number): string {
  if (exponent <= 0) return `0.${"0".repeat(-exponent)}${digits}`;
  if (digits.length <= exponent) return `${digits}${"0".repeat(exponent - digits.length)}.0`;
  return `${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}
