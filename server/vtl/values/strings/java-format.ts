import type { CallEnvironment } from "@/server/vtl/values/java-class";
import { javaHash } from "@/server/vtl/values/java-equality";
import { nullPointer } from "@/server/vtl/values/java-exception";
import { JavaCharacter, JavaSmallInteger } from "@/server/vtl/values/java-objects";
import { formatDate } from "@/server/vtl/values/strings/format-date";
import { conversionMismatch, decimalText, wholeText } from "@/server/vtl/values/strings/format-numbers";
import {
  type FormatSpecifier,
  formatFailure,
  readFormat,
} from "@/server/vtl/values/strings/format-specifier";

/** String.format() in the English locale. */
export function formatJava(pattern: unknown, args: unknown, env: CallEnvironment): string {
  if (pattern === null) throw nullPointer("format");
  // Without an array of arguments, every argument is null and none is missing.
  const values = args as readonly unknown[] | null;
  let next = 0;
  let previous = -1;
  let out = "";
  for (const part of readFormat(pattern as string, env)) {
    if (typeof part === "string") out += part;
    else if (part.conversion === "n" && !part.isDate) out += "\n";
    else if (part.conversion === "%") out += pad("%", part);
    else {
      if (part.argument === "next") previous = next++;
      else if (part.argument !== "previous") previous = part.argument - 1;
      if (previous < 0 || (values !== null && previous >= values.length)) {
        throw formatFailure("MissingFormatArgumentException", `Format specifier '${part.text}'`);
      }
      const text = convert(part, values?.[previous] ?? null, env);
      out += pad(part.upper ? text.toUpperCase() : text, part);
    }
    env.budget.checkText(out.length);
  }
  return out;
}

function pad(text: string, { flags, width }: FormatSpecifier): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
}

/** General conversions cut their text to the precision; also that of null. */
function cut(text: string, { precision }: FormatSpecifier): string {
  return precision >= 0 ? text.slice(0, precision) : text;
}

function convert(specifier: FormatSpecifier, value: unknown, env: CallEnvironment): string {
  if (specifier.isDate) return formatDate(specifier, value, env);
  switch (specifier.conversion) {
    case "s":
      if (specifier.flags.includes("#")) {
        throw formatFailure("FormatFlagsConversionMismatchException", "Conversion = s, Flags = #");
      }
      return cut(value === null ? "null" : env.toText(value), specifier);
    case "b":
      return cut(String(typeof value === "boolean" ? value : value !== null), specifier);
    case "h":
      return cut(value === null ? "null" : (javaHash(value, env.budget) >>> 0).toString(16), specifier);
    case "c":
      return characterText(value, env);
    case "d":
    case "x":
    case "o":
      return value === null ? "null" : wholeText(specifier, value, env);
    default:
      return value === null ? cut("null", specifier) : decimalText(specifier, value, env);
  }
}

function characterText(value: unknown, env: CallEnvironment): string {
  if (value === null) return "null";
  if (value instanceof JavaCharacter) return value.value;
  const code = value instanceof JavaSmallInteger ? value.value : value;
  if (typeof code !== "number") throw conversionMismatch("c", value, env);
  if (code < 0 || code > 0x10ffff) {
    throw formatFailure("IllegalFormatCodePointException", `Code point = 0x${(code >>> 0).toString(16)}`);
  }
  return String.fromCodePoint(code);
}
