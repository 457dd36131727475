import type { CallEnvironment } from "@/server/vtl/values/java-class";
import { JavaException } from "@/server/vtl/values/java-exception";

/** One `%…` of a format, read and checked. */
export type FormatSpecifier = {
  readonly text: string;
  /** Which argument: a number from 1, "next", or "previous" for the one used last. */
  readonly argument: number | "next" | "previous";
  readonly flags: string;
  /** -1 where there is none. */
  readonly width: number;
  readonly precision: number;
  /** In lower case, but for dates. */
  readonly conversion: string;
  readonly isDate: boolean;
  readonly upper: boolean;
};

export function formatFailure(name: string, message: string): JavaException {
  return new JavaException(`java.util.${name}`, message);
}

const pattern = /%(\d+\$)?([-#+ 0,(<]*)(\d+)?(\.\d+)?([tT])?([a-zA-Z%])/y;
const known = /^[bBsShHcCdoxXeEfgGaAn%]$/;
/** Letters that may follow %t. */
const DATE_CONVERSIONS = "HIklMSLNQspzZaAbhBCyYmdejRTrDFc";
const LARGEST_INT = 2147483647;

/** Text and specifiers of a format, in order. Throws for whatever is wrong with any of them, as Java does first. */
export function readFormat(format: string, env: CallEnvironment): (string | FormatSpecifier)[] {
  const parts: (string | FormatSpecifier)[] = [];
  for (let at = 0; at < format.length; ) {
    const percent = format.indexOf("%", at);
    if (percent !== at) parts.push(format.slice(at, percent < 0 ? format.length : percent));
    if (percent < 0) break;
    pattern.lastIndex = percent;
    const match = pattern.exec(format);
    if (match === null) {
      const wrong = format[percent + 1] ?? "%";
      throw formatFailure("UnknownFormatConversionException", `Conversion = '${wrong}'`);
    }
    parts.push(readSpecifier(match, env));
    at = percent + match[0].length;
  }
  return parts;
}

function limited(digits: string | undefined, failure: string, env: CallEnvironment): number {
  if (digits === undefined) return -1;
  const value = Number(digits);
  if (value > LARGEST_INT) throw formatFailure(failure, String(-2147483648));
  env.budget.checkText(value);
  return value;
}

function argumentOf(index: string | undefined, flags: string): FormatSpecifier["argument"] {
  if (index !== undefined) {
    const value = Number(index.slice(0, -1));
    if (value < 1 || value > LARGEST_INT) {
      throw formatFailure("IllegalFormatArgumentIndexException", `Illegal format argument index = ${value}`);
    }
    if (!flags.includes("<")) return value;
  }
  return flags.includes("<") ? "previous" : "next";
}

function readSpecifier(match: RegExpExecArray, env: CallEnvironment): FormatSpecifier {
  const [text, index, flags = "", width, precision, date, letter = ""] = match;
  const argument = argumentOf(index, flags);
  const twice = [...flags].find((flag, i) => flags.indexOf(flag) !== i);
  if (twice !== undefined) throw formatFailure("DuplicateFormatFlagsException", `Flags = '${twice}'`);
  const specifier: FormatSpecifier = {
    text,
    argument,
    flags: flags.replace("<", ""),
    width: limited(width, "IllegalFormatWidthException", env),
    precision: limited(precision?.slice(1), "IllegalFormatPrecisionException", env),
    conversion: date === undefined ? letter.toLowerCase() : letter,
    isDate: date !== undefined,
    upper: date === undefined ? letter !== letter.toLowerCase() : date === "T",
  };
  if (date === undefined && !known.test(letter)) {
    throw formatFailure("UnknownFormatConversionException", `Conversion = '${letter}'`);
  }
  check(specifier);
  return specifier;
}

/** In the order in which Java finds what is wrong. */
function check(specifier: FormatSpecifier): void {
  const { conversion } = specifier;
  if (specifier.isDate) {
    checkNoPrecision(specifier);
    if (!DATE_CONVERSIONS.includes(conversion)) {
      throw formatFailure("UnknownFormatConversionException", `Conversion = 't${conversion}'`);
    }
    refuse(specifier, "#+ 0,(");
    checkWidth(specifier, "-");
  } else if (conversion === "n" || conversion === "%") {
    checkText(specifier);
  } else if ("bhs".includes(conversion)) {
    if (conversion !== "s") refuse(specifier, "#");
    checkWidth(specifier, "-");
    refuse(specifier, "+ 0,(");
  } else if (conversion === "c") {
    checkNoPrecision(specifier);
    refuse(specifier, "#+ 0,(");
    checkWidth(specifier, "-");
  } else {
    checkNumeric(specifier);
    if ("dox".includes(conversion)) checkNoPrecision(specifier);
    refuse(specifier, numberFlags[conversion] ?? "");
  }
}

/** Flags that conversions of numbers do not know. */
const numberFlags: Readonly<Record<string, string>> = { d: "#", o: ",", x: ",", a: "(,", e: ",", g: "#" };

function refuse({ flags, conversion }: FormatSpecifier, refused: string): void {
  const flag = [...refused].find((one) => flags.includes(one));
  if (flag === undefined) return;
  throw formatFailure(
    "FormatFlagsConversionMismatchException",
    `Conversion = ${conversion}, Flags = ${flag}`,
  );
}

function checkWidth({ flags, width, text }: FormatSpecifier, needing: string): void {
  if (width < 0 && [...needing].some((flag) => flags.includes(flag))) {
    throw formatFailure("MissingFormatWidthException", text);
  }
}

function checkNoPrecision({ precision }: FormatSpecifier): void {
  if (precision >= 0) throw formatFailure("IllegalFormatPrecisionException", String(precision));
}

function checkNumeric(specifier: FormatSpecifier): void {
  const { flags } = specifier;
  checkWidth(specifier, "-0");
  if ((flags.includes("-") && flags.includes("0")) || (flags.includes("+") && flags.includes(" "))) {
    throw formatFailure("IllegalFormatFlagsException", `Flags = '${flags}'`);
  }
}

function checkText(specifier: FormatSpecifier): void {
  const { width, conversion, text } = specifier;
  const flags = specifier.flags + (text.includes("<") ? "<" : "");
  checkNoPrecision(specifier);
  if (conversion === "n" && width >= 0) throw formatFailure("IllegalFormatWidthException", String(width));
  if (flags !== "" && (conversion === "n" || flags !== "-")) {
    throw formatFailure("IllegalFormatFlagsException", `Flags = '${flags}'`);
  }
  checkWidth(specifier, "-");
}
