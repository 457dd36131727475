import { formatBigDecimal } from "../java/values";
import { bigDecimalFromText } from "../json/json-number";

/** What new BigDecimal(text) accepts. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,9})?$/;

/** Up to this many digits, doubles compare exactly as the decimals they stand for. */
const EXACT_DIGITS = 15;

/** A number of a filter: exact, as Java's BigDecimal. */
export class Decimal {
  private readonly approximate: number;
  private readonly plain: boolean;

  private constructor(private readonly source: string) {
    this.approximate = Number(source);
    this.plain = source.length <= EXACT_DIGITS && !/[eE]/.test(source);
  }

  /** undefined when the text is no number to Java (blanks, words, NaN) */
  static from(text: string): Decimal | undefined {
    return DECIMAL.test(text) ? new Decimal(text) : undefined;
  }

  /** Negative, zero or positive as this number is below, equal to or above the other. */
  compare(other: Decimal): number {
    if (this.plain && other.plain) return this.approximate - other.approximate;
    return compareDecimals(bigDecimalFromText(this.source), bigDecimalFromText(other.source));
  }

  /** BigDecimal.toString() */
  toString(): string {
    const { unscaled, scale } = bigDecimalFromText(this.source);
    return formatBigDecimal(unscaled, scale);
  }

  /** BigDecimal.intValue(): the fraction cut off, the low 32 bits. */
  intValue(): number {
    return Math.trunc(this.approximate) | 0;
  }
}

interface Scaled {
  readonly unscaled: bigint;
  readonly scale: number;
}

function compareDecimals(a: Scaled, b: Scaled): number {
  const signs = sign(a.unscaled) - sign(b.unscaled);
  if (signs !== 0 || a.unscaled === 0n) return signs;
  const digitsA = digits(a.unscaled);
  const digitsB = digits(b.unscaled);
  // Sizes first: numbers with distant exponents must not be written out.
  const sizes = digitsA.length - a.scale - (digitsB.length - b.scale);
  if (sizes !== 0) return sizes * sign(a.unscaled);
  const length = Math.max(digitsA.length, digitsB.length);
  const paddedA = digitsA.padEnd(length, "0");
  const paddedB = digitsB.padEnd(length, "0");
  if (paddedA === paddedB) return 0;
  return paddedA < paddedB ? -sign(a.unscaled) : sign(a.unscaled);
}

function digits(value: bigint): string {
  return (value < 0n ? -value : value).toString();
}

function sign(value: bigint): number {
  if (value === 0n) return 0;
  return value < 0n ? -1 : 1;
}
