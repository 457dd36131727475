import { JavaBigDecimal, JavaBigInteger, JavaDouble, JavaLong } from "@/server/toolkit/java/values";
import type { CallEnvironment } from "@/server/vtl/values/java-class";
import { javaHash } from "@/server/vtl/values/java-equality";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";
import { JavaCharacter, JavaFloat, JavaSmallInteger } from "@/server/vtl/values/java-objects";
import { doubleValue, isJavaNumber } from "@/server/vtl/values/numbers/arithmetic";
import * as decimal from "@/server/vtl/values/numbers/big-decimal";

const specifier = /%(\d+\$)?([-#+ 0,(<]*)(\d+)?(\.\d+)?([a-zA-Z%])/g;

type Directive = { flags: string; width: number; precision: number | null; conversion: string };

function failure(name: string, message: string): JavaException {
  return new JavaException(`java.util.${name}`, message);
}

/** String.format() for the conversions s S d x X o f e E c C b B h n and %, in the English locale. */
export function formatJava(pattern: unknown, args: unknown, env: CallEnvironment): string {
  if (pattern === null) throw nullPointer("format");
  const values = (args ?? [null]) as readonly unknown[];
  const text = pattern as string;
  let next = 0;
  let previous = -1;
  let out = "";
  let from = 0;
  for (const match of text.matchAll(specifier)) {
    out += literal(text.slice(from, match.index));
    from = match.index + match[0].length;
    const directive = readDirective(match, env);
    if (directive.conversion === "n" || directive.conversion === "%") {
      out += directive.conversion === "n" ? "\n" : pad("%", directive);
      continue;
    }
    const position = match[1]
      ? Number.parseInt(match[1], 10) - 1
      : directive.flags.includes("<")
        ? previous
        : next++;
    if (position < 0 || position >= values.length) {
      throw failure("MissingFormatArgumentException", `Format specifier '${match[0]}'`);
    }
    previous = position;
    out += pad(convert(directive, values[position], env), directive);
    env.budget.checkText(out.length);
  }
  return out + literal(text.slice(from));
}

function readDirective(match: RegExpMatchArray, env: CallEnvironment): Directive {
  const width = Number(match[3] ?? 0);
  const precision = match[4] === undefined ? null : Number(match[4].slice(1));
  env.budget.checkText(width);
  env.budget.checkText(precision ?? 0);
  const directive = { flags: match[2] ?? "", width, precision, conversion: match[5] as string };
  checkFlags(directive, match[0]);
  return directive;
}

/** Flags that each conversion of numbers does not know. */
const refusedFlags: Readonly<Record<string, string>> = { d: "#", x: ",", o: ",", f: "", e: "," };

function checkFlags({ flags, width, conversion }: Directive, specification: string): void {
  if (width === 0 && (flags.includes("-") || flags.includes("0"))) {
    throw failure("MissingFormatWidthException", specification);
  }
  if ((flags.includes("-") && flags.includes("0")) || (flags.includes("+") && flags.includes(" "))) {
    throw failure("IllegalFormatFlagsException", `Flags = '${flags}'`);
  }
  const refused = [...(refusedFlags[conversion.toLowerCase()] ?? "")].find((flag) => flags.includes(flag));
  if (refused !== undefined) {
    throw failure("FormatFlagsConversionMismatchException", `Conversion = ${conversion}, Flags = ${refused}`);
  }
}

function literal(text: string): string {
  if (text.includes("%")) throw failure("UnknownFormatConversionException", "Conversion = '%'");
  return text;
}

function pad(text: string, { flags, width }: Directive): string {
  if (flags.includes("-")) return text.padEnd(width);
  return text.padStart(width);
}

function convert(directive: Directive, value: unknown, env: CallEnvironment): string {
  const { conversion, precision } = directive;
  const lower = conversion.toLowerCase();
  const text = convertLower({ ...directive, conversion: lower }, value, env);
  const cut = "sbh".includes(lower) && precision !== null ? text.slice(0, precision) : text;
  return conversion === lower ? cut : cut.toUpperCase();
}

function convertLower(directive: Directive, value: unknown, env: CallEnvironment): string {
  switch (directive.conversion) {
    case "s":
      return value === null ? "null" : env.toText(value);
    case "b":
      return String(typeof value === "boolean" ? value : value !== null);
    case "h":
      return value === null ? "null" : (javaHash(value, env.budget) >>> 0).toString(16);
    case "c":
      return characterText(value);
    case "d":
    case "x":
    case "o":
      return wholeText(directive, value);
    case "f":
    case "e":
      return decimalText(directive, value);
    default:
      throw failure("UnknownFormatConversionException", `Conversion = '${directive.conversion}'`);
  }
}

function mismatch(conversion: string, value: unknown): JavaException {
  return failure("IllegalFormatConversionException", `${conversion} != ${typeof value}`);
}

function characterText(value: unknown): string {
  if (value === null) return "null";
  if (value instanceof JavaCharacter) return value.value;
  if (typeof value === "number") return String.fromCodePoint(value);
  throw mismatch("c", value);
}

function signed(digits: string, negative: boolean, { flags, width }: Directive): string {
  const body = flags.includes(",") ? grouped(digits) : digits;
  const parenthesized = negative && flags.includes("(");
  const sign = negative
    ? parenthesized
      ? ""
      : "-"
    : flags.includes("+")
      ? "+"
      : flags.includes(" ")
        ? " "
        : "";
  const room = width - sign.length - (parenthesized ? 2 : 0);
  const filled = flags.includes("0") ? body.padStart(room, "0") : body;
  return parenthesized ? `(${filled})` : sign + filled;
}

function grouped(digits: string): string {
  const [whole = "", fraction] = digits.split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

function wholeText(directive: Directive, value: unknown): string {
  if (value === null) return "null";
  const { conversion } = directive;
  let whole: bigint;
  let bits = 0;
  if (typeof value === "number") [whole, bits] = [BigInt(value), 32];
  else if (value instanceof JavaSmallInteger)
    [whole, bits] = [BigInt(value.value), value.type === "byte" ? 8 : 16];
  else if (value instanceof JavaLong) [whole, bits] = [value.value, 64];
  else if (value instanceof JavaBigInteger) whole = value.value;
  else throw mismatch(conversion, value);
  if (conversion === "d") return signed((whole < 0n ? -whole : whole).toString(), whole < 0n, directive);
  if (bits > 0 && /[+ (]/.test(directive.flags)) {
    throw failure(
      "FormatFlagsConversionMismatchException",
      `Conversion = ${conversion}, Flags = ${directive.flags}`,
    );
  }
  const shown = bits > 0 ? BigInt.asUintN(bits, whole) : whole;
  const prefix = directive.flags.includes("#") ? (conversion === "x" ? "0x" : "0") : "";
  const digits = shown.toString(conversion === "x" ? 16 : 8);
  const filled = directive.flags.includes("0")
    ? digits.padStart(directive.width - prefix.length, "0")
    : digits;
  return prefix + filled;
}

function decimalText(directive: Directive, value: unknown): string {
  if (value === null) return "null";
  if (!(value instanceof JavaDouble || value instanceof JavaFloat || value instanceof JavaBigDecimal)) {
    throw mismatch(directive.conversion, value);
  }
  const number = isJavaNumber(value) ? doubleValue(value) : 0;
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "NaN" : number < 0 ? "-Infinity" : "Infinity";
  const precision = directive.precision ?? 6;
  if (directive.conversion === "e") {
    const [mantissa = "", exponent = "+0"] = Math.abs(number).toExponential(precision).split("e");
    const digits = `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
    return signed(digits, number < 0 || Object.is(number, -0), {
      ...directive,
      flags: directive.flags.replace(",", ""),
    });
  }
  const exact = value instanceof JavaBigDecimal ? value : decimal.parseBigDecimal(String(number));
  return signed(roundedHalfUp(exact, precision), number < 0 || Object.is(number, -0), directive);
}

/** The absolute value with a number of decimals, halves rounded away from zero. */
function roundedHalfUp({ unscaled, scale }: JavaBigDecimal, decimals: number): string {
  let digits = unscaled < 0n ? -unscaled : unscaled;
  if (scale <= decimals) {
    digits *= 10n ** BigInt(decimals - scale);
  } else {
    const unit = 10n ** BigInt(scale - decimals);
    digits = (digits + unit / 2n) / unit;
  }
  const text = digits.toString().padStart(decimals + 1, "0");
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}
