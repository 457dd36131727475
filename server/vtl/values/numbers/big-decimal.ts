import { JavaBigDecimal } from "@/server/toolkit/java/values";
import { JavaException, numberFormat } from "@/server/vtl/values/java-exception";
import { MAX_DIGITS, sized, tenTo } from "@/server/vtl/values/numbers/number-size";

function aligned(a: JavaBigDecimal, b: JavaBigDecimal): { left: bigint; right: bigint; scale: number } {
  const scale = Math.max(a.scale, b.scale);
  return { left: a.unscaled * tenTo(scale - a.scale), right: b.unscaled * tenTo(scale - b.scale), scale };
}

export function add(a: JavaBigDecimal, b: JavaBigDecimal): JavaBigDecimal {
  const { left, right, scale } = aligned(a, b);
  return new JavaBigDecimal(left + right, scale);
}

export function subtract(a: JavaBigDecimal, b: JavaBigDecimal): JavaBigDecimal {
  const { left, right, scale } = aligned(a, b);
  return new JavaBigDecimal(left - right, scale);
}

export function multiply(a: JavaBigDecimal, b: JavaBigDecimal): JavaBigDecimal {
  return new JavaBigDecimal(sized(a.unscaled * b.unscaled), a.scale + b.scale);
}

/** Division that keeps the left side's scale and rounds halves down, as Velocity asks for. */
export function divide(a: JavaBigDecimal, b: JavaBigDecimal): JavaBigDecimal {
  const shift = b.scale;
  const numerator = shift >= 0 ? a.unscaled * tenTo(shift) : a.unscaled;
  const denominator = shift >= 0 ? b.unscaled : b.unscaled * tenTo(-shift);
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  const twice = rest < 0n ? -2n * rest : 2n * rest;
  const size = denominator < 0n ? -denominator : denominator;
  if (twice <= size) return new JavaBigDecimal(quotient, a.scale);
  const away = numerator < 0n === denominator < 0n ? 1n : -1n;
  return new JavaBigDecimal(quotient + away, a.scale);
}

export function compare(a: JavaBigDecimal, b: JavaBigDecimal): number {
  const { left, right } = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The whole part, cut off toward zero. */
export function toBigInteger(n: JavaBigDecimal): bigint {
  if (n.scale > MAX_DIGITS) return 0n;
  return n.scale >= 0 ? n.unscaled / tenTo(n.scale) : n.unscaled * tenTo(-n.scale);
}

/** The exact binary value of a double. Throws NumberFormatException for NaN and the infinities. */
export function fromDouble(value: number): JavaBigDecimal {
  if (!Number.isFinite(value)) throw new JavaException("java.lang.NumberFormatException", "Infinite or NaN");
  let scale = 0;
  let mantissa = value;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    scale++;
  }
  return new JavaBigDecimal(BigInt(mantissa) * 5n ** BigInt(scale), scale);
}

/** Digits and an exponent that JavaScript's Number() reads. */
export function plainText(n: JavaBigDecimal): string {
  return `${n.unscaled}e${-n.scale}`;
}

/** new BigDecimal(text). Throws NumberFormatException. */
export function parseBigDecimal(text: string): JavaBigDecimal {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text);
  const digits = (parts?.[2] ?? "") + (parts?.[3] ?? "");
  if (parts === null || digits === "") throw numberFormat(text);
  const unscaled = BigInt(digits) * (parts[1] === "-" ? -1n : 1n);
  return new JavaBigDecimal(unscaled, (parts[3] ?? "").length - Number(parts[4] ?? 0));
}
