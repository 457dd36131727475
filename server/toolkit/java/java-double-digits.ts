/**
 * The decimal digits Java 17 chooses for a double. Before Java 19 these are not always the shortest
 * that read back as the same double (2^-44 has 17 digits there, 16 in JavaScript), so the choice
 * follows Java's own procedure: produce digits until the rest is within half a unit of the last binary
 * place, with the comparison strict for small operands and not strict for large ones.
 */

export interface DecimalDigits {
  /** significant digits, no trailing zeros (at least one digit) */
  readonly digits: string;
  /** the value is 0.digits × 10^exponent */
  readonly exponent: number;
}

const FRACTION_BITS = 52;
// Bit lengths of the powers of five, as Java's table has them; beyond it Java estimates 3 per power.
const FIVE_BITS = [
  0, 3, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28, 31, 33, 35, 38, 40, 42, 45, 47, 49, 52, 54, 56, 59, 61,
];

const view = new DataView(new ArrayBuffer(8));

/** @param value a finite double above zero */
export function javaDigits(value: number): DecimalDigits {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  let exponent = Number(bits >> 52n);
  let fraction = bits & 0xfffffffffffffn;
  let significantBits = FRACTION_BITS + 1;
  if (exponent === 0) {
    significantBits = fraction.toString(2).length;
    const shift = FRACTION_BITS + 1 - significantBits;
    fraction <<= BigInt(shift);
    exponent = 1 - shift;
  } else {
    fraction |= 1n << 52n;
  }
  return generate(exponent - 1023, fraction, significantBits);
}

/** As javaDigits, for a value that is exactly a 32-bit float. */
export function javaFloatDigits(value: number): DecimalDigits {
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  let exponent = bits >>> 23;
  let fraction = bits & 0x7fffff;
  let significantBits = 24;
  if (exponent === 0) {
    significantBits = 32 - Math.clz32(fraction);
    fraction <<= 24 - significantBits;
    exponent = significantBits - 23;
  } else {
    fraction |= 0x800000;
  }
  return generate(exponent - 127, BigInt(fraction) << 29n, significantBits);
}

function generate(binaryExponent: number, fraction: bigint, significantBits: number): DecimalDigits {
  const tailZeros = trailingZeros(fraction);
  const fractionBits = FRACTION_BITS + 1 - tailZeros;
  const tinyBits = Math.max(0, fractionBits - binaryExponent - 1);
  if (tinyBits === 0 && binaryExponent <= 62) return wholeDigits(binaryExponent, fraction, significantBits);

  const decimalExponent = estimateExponent(fraction, binaryExponent);
  const b5 = Math.max(0, -decimalExponent);
  const s5 = Math.max(0, decimalExponent);
  let b2 = b5 + tinyBits + binaryExponent;
  let s2 = s5 + tinyBits;
  let m2 = b2 - significantBits;
  b2 -= fractionBits - 1;
  const common = Math.min(b2, s2);
  b2 -= common;
  s2 -= common;
  m2 -= common;
  if (fractionBits === 1) m2 -= 1;
  if (m2 < 0) {
    b2 -= m2;
    s2 -= m2;
    m2 = 0;
  }
  const small = fractionBits + b2 + fiveBits(b5) < 64 && s2 + 1 + fiveBits(s5 + 1) < 64;
  return produce({
    rest: ((fraction >> BigInt(tailZeros)) * 5n ** BigInt(b5)) << BigInt(b2),
    unit: (5n ** BigInt(s5)) << BigInt(s2),
    margin: (5n ** BigInt(b5)) << BigInt(m2),
    decimalExponent,
    small,
  });
}

interface Division {
  rest: bigint;
  readonly unit: bigint;
  margin: bigint;
  readonly decimalExponent: number;
  /** Java does this one in 64-bit arithmetic */
  readonly small: boolean;
}

function produce({ rest, unit, margin, decimalExponent, small }: Division): DecimalDigits {
  const tens = unit * 10n;
  const isHigh = () => (small ? rest + margin > tens : rest + margin >= tens);
  let exponent = decimalExponent;
  let digits = "";
  let quotient = rest / unit;
  rest = 10n * (rest % unit);
  margin *= 10n;
  let low = rest < margin;
  let high = isHigh();
  if (quotient === 0n && !high) exponent -= 1;
  else digits += quotient;
  // In scientific notation Java always produces a second digit.
  if (exponent < -3 || exponent >= 8) low = high = false;
  while (!low && !high) {
    quotient = rest / unit;
    rest = 10n * (rest % unit);
    margin *= 10n;
    if (small && margin >= 1n << 63n) low = high = true;
    else {
      low = rest < margin;
      high = isHigh();
    }
    digits += quotient;
  }
  const difference = 2n * rest - tens;
  const odd = Number(digits.at(-1)) % 2 === 1;
  if (high && (!low || difference > 0n || (difference === 0n && odd))) {
    const rounded = (BigInt(digits) + 1n).toString();
    if (rounded.length > digits.length) exponent += 1;
    digits = rounded;
  }
  return { digits: stripZeros(digits), exponent: exponent + 1 };
}

/** Whole numbers below 2^63: all digits, less those the double cannot know. */
function wholeDigits(binaryExponent: number, fraction: bigint, significantBits: number): DecimalDigits {
  const unknownBits = binaryExponent - significantBits - 1;
  const dropped = unknownBits > 1 ? Math.floor(unknownBits * Math.LOG10E * Math.LN2) : 0;
  const shift = BigInt(Math.abs(binaryExponent - FRACTION_BITS));
  let whole = binaryExponent >= FRACTION_BITS ? fraction << shift : fraction >> shift;
  if (dropped > 0) {
    const power = 10n ** BigInt(dropped);
    const residue = whole % power;
    whole /= power;
    if (residue >= power / 2n) whole += 1n;
  }
  const digits = whole.toString();
  return { digits: stripZeros(digits), exponent: digits.length + dropped };
}

function estimateExponent(fraction: bigint, binaryExponent: number): number {
  view.setBigUint64(0, 0x3ff0000000000000n | (fraction & 0xfffffffffffffn));
  const mantissa = view.getFloat64(0);
  return Math.floor((mantissa - 1.5) * 0.289529654 + 0.176091259 + binaryExponent * 0.301029995663981);
}

function fiveBits(power: number): number {
  return FIVE_BITS[power] ?? power * 3;
}

function trailingZeros(value: bigint): number {
  let count = 0;
  while ((value & 1n) === 0n) {
    value >>= 1n;
    count += 1;
  }
  return count;
}

function stripZeros(digits: string): string {
  let end = digits.length;
  while (end > 1 && digits.charCodeAt(end - 1) === 48) end -= 1;
  return digits.slice(0, end);
}
