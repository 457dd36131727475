import { JavaBigDecimal, JavaBigInteger, JavaDouble, JavaLong } from "@/server/toolkit/java/values";
import type { CallEnvironment } from "@/server/vtl/values/java-class";
import type { JavaException } from "@/server/vtl/values/java-exception";
import { JavaFloat, JavaSmallInteger } from "@/server/vtl/values/java-objects";
import { formatFloat } from "@/server/vtl/values/java-text";
import * as decimal from "@/server/vtl/values/numbers/big-decimal";
import { hexDouble } from "@/server/vtl/values/numbers/bit-methods";
import { MAX_DIGITS, sized, tenTo } from "@/server/vtl/values/numbers/number-size";
import { type FormatSpecifier, formatFailure } from "@/server/vtl/values/strings/format-specifier";

export function conversionMismatch(conversion: string, value: unknown, env: CallEnvironment): JavaException {
  return formatFailure("IllegalFormatConversionException", `${conversion} != ${env.classOf(value).name}`);
}

/** %d, %x and %o. Negative numbers with a fixed number of bits print these bits in the latter two. */
export function wholeText(specifier: FormatSpecifier, value: unknown, env: CallEnvironment): string {
  const { conversion, flags, width } = specifier;
  const { whole, bits } = wholeOf(value);
  if (whole === null) throw conversionMismatch(conversion, value, env);
  const negative = whole < 0n;
  if (conversion === "d") return signed((negative ? -whole : whole).toString(), negative, specifier);
  const prefix = flags.includes("#") ? (conversion === "x" ? "0x" : "0") : "";
  const radix = conversion === "x" ? 16 : 8;
  if (bits === 0) {
    const digits = (negative ? -whole : whole).toString(radix);
    return signed(prefix + digits, negative, specifier, prefix.length);
  }
  const refused = [..."(+ "].find((flag) => flags.includes(flag));
  if (refused !== undefined) {
    throw formatFailure(
      "FormatFlagsConversionMismatchException",
      `Conversion = ${conversion}, Flags = ${refused}`,
    );
  }
  const digits = BigInt.asUintN(bits, whole).toString(radix);
  return prefix + (flags.includes("0") ? digits.padStart(width - prefix.length, "0") : digits);
}

function wholeOf(value: unknown): { whole: bigint | null; bits: number } {
  if (typeof value === "number") return { whole: BigInt(value), bits: 32 };
  if (value instanceof JavaSmallInteger) {
    return { whole: BigInt(value.value), bits: value.type === "byte" ? 8 : 16 };
  }
  if (value instanceof JavaLong) return { whole: value.value, bits: 64 };
  if (value instanceof JavaBigInteger) return { whole: value.value, bits: 0 };
  return { whole: null, bits: 0 };
}

/** Digits with their sign or parentheses, commas and zeros; the zeros go after the first `kept` characters. */
function signed(digits: string, negative: boolean, { flags, width }: FormatSpecifier, kept = 0): string {
  const body = flags.includes(",") ? grouped(digits) : digits;
  const parentheses = negative && flags.includes("(");
  let sign = "";
  if (negative) sign = parentheses ? "(" : "-";
  else if (flags.includes("+")) sign = "+";
  else if (flags.includes(" ")) sign = " ";
  const end = parentheses ? ")" : "";
  const room = width - sign.length - end.length - kept;
  const filled = flags.includes("0") ? body.slice(0, kept) + body.slice(kept).padStart(room, "0") : body;
  return sign + filled + end;
}

function grouped(digits: string): string {
  const [, whole = "", rest = ""] = /^(\d*)(.*)$/.exec(digits) ?? [];
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= 3) groups.push(whole.slice(Math.max(0, end - 3), end));
  return groups.reverse().join(",") + rest;
}

/** %f, %e, %g and %a of a double, a float or a BigDecimal. */
export function decimalText(specifier: FormatSpecifier, value: unknown, env: CallEnvironment): string {
  const { conversion, flags } = specifier;
  const isDecimal = value instanceof JavaBigDecimal;
  const number = value instanceof JavaDouble || value instanceof JavaFloat ? value.value : null;
  if (number === null && (!isDecimal || conversion === "a")) throw conversionMismatch(conversion, value, env);
  if (number !== null && !Number.isFinite(number)) return specialText(number, specifier);
  const negative =
    number === null ? (value as JavaBigDecimal).unscaled < 0n : number < 0 || Object.is(number, -0);
  if (conversion === "a")
    return signed(hexadecimal(number ?? 0, specifier.precision), negative, specifier, 2);
  const exact = isDecimal ? value : shortestDecimal(value as JavaDouble | JavaFloat);
  const text = decimalDigits(specifier, exact);
  const [mantissa = "", exponent] = text.split("e");
  const pointed = flags.includes("#") && !mantissa.includes(".") ? `${mantissa}.` : mantissa;
  return signed(exponent === undefined ? pointed : `${pointed}e${exponent}`, negative, specifier);
}

function specialText(number: number, { flags }: FormatSpecifier): string {
  if (Number.isNaN(number)) return "NaN";
  if (number < 0) return flags.includes("(") ? "(Infinity)" : "-Infinity";
  return flags.includes("+") ? "+Infinity" : flags.includes(" ") ? " Infinity" : "Infinity";
}

/** The digits Java starts from are those Double.toString() prints, not the exact binary value. */
function shortestDecimal(value: JavaDouble | JavaFloat): JavaBigDecimal {
  return decimal.parseBigDecimal(value instanceof JavaFloat ? formatFloat(value.value) : String(value.value));
}

function decimalDigits({ conversion, precision }: FormatSpecifier, exact: JavaBigDecimal): string {
  const digits = precision < 0 ? 6 : precision;
  if (conversion === "f") return rounded(exact, digits);
  if (conversion === "e") return scientific(exact, digits);
  const significant = digits === 0 ? 1 : digits;
  if (exact.unscaled === 0n) return rounded(exact, significant - 1);
  const { exponent } = roundedScientific(exact, significant - 1);
  if (exponent < -4 || exponent >= significant) return scientific(exact, significant - 1);
  return rounded(exact, significant - 1 - exponent);
}

/** The absolute value with a number of decimals, halves rounded away from zero. */
function rounded({ unscaled, scale }: JavaBigDecimal, decimals: number): string {
  let digits = unscaled < 0n ? -unscaled : unscaled;
  if (scale <= decimals) {
    digits = sized(digits * tenTo(decimals - scale));
  } else if (scale - decimals > MAX_DIGITS) {
    // Beyond the longest number nothing is left of the digits.
    digits = 0n;
  } else {
    const unit = tenTo(scale - decimals);
    digits = (digits + unit / 2n) / unit;
  }
  const text = digits.toString().padStart(decimals + 1, "0");
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

function roundedScientific(exact: JavaBigDecimal, decimals: number): { mantissa: string; exponent: number } {
  const digits = String(exact.unscaled < 0n ? -exact.unscaled : exact.unscaled);
  if (exact.unscaled === 0n) return { mantissa: rounded(exact, decimals), exponent: 0 };
  const exponent = digits.length - 1 - exact.scale;
  const mantissa = rounded(new JavaBigDecimal(BigInt(digits), digits.length - 1), decimals);
  if (!mantissa.startsWith("10")) return { mantissa, exponent };
  return { mantissa: rounded(new JavaBigDecimal(1n, 0), decimals), exponent: exponent + 1 };
}

function scientific(exact: JavaBigDecimal, decimals: number): string {
  const { mantissa, exponent } = roundedScientific(exact, decimals);
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** Double.toHexString() of the absolute value, with as many digits as asked for; halves go to the even digit. */
function hexadecimal(number: number, precision: number): string {
  const text = hexDouble(Math.abs(number));
  const [, lead = "", fraction = "", exponent = ""] = /^0x(.)\.(\w+)p(.*)$/.exec(text) ?? [];
  const digits = precision === 0 ? 1 : precision;
  if (digits < 0) return text;
  if (number === 0) return `0x0.${"0".repeat(digits)}p0`;
  if (fraction.length <= digits) return `0x${lead}.${fraction.padEnd(digits, "0")}p${exponent}`;
  const dropped = 4n * BigInt(fraction.length - digits);
  const bits = BigInt(`0x${lead}${fraction}`);
  const half = 1n << (dropped - 1n);
  const rest = bits & ((1n << dropped) - 1n);
  let kept = bits >> dropped;
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  const rounded = kept.toString(16).padStart(digits + 1, "0");
  if (rounded[0] === "2") return `0x1.${"0".repeat(digits)}p${Number(exponent) + 1}`;
  return `0x${rounded[0]}.${rounded.slice(1)}p${exponent}`;
}
