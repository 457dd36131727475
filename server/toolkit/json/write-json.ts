import { isJavaNumber, JavaDouble, numberToString } from "../java/values";
import { quoteJson } from "./quote-json";

const MAX_DEPTH = 1000;

export interface WriteJsonOptions {
  /** "/" as "\/": how a JSON array prints itself in a template; `$input.json` does not */
  readonly escapeSlash?: boolean;
  /** text of a value or map key that is no JSON value of its own (a template's own objects) */
  readonly toText?: (value: unknown) => string;
}

/** A value that cannot be written: nested deeper than 1000, or containing itself. */
export class JsonWriteError extends Error {
  override readonly name = "JsonWriteError";
}

/**
 * Compact JSON text of a value, as json-smart writes it: numbers in Java's notation, infinite ones as
 * null; control characters, U+007F–U+009F and U+2000–U+20FF as \uXXXX in upper case.
 *
 * @throws JsonWriteError when the value is nested too deeply or contains itself
 */
export function writeJson(value: unknown, options: WriteJsonOptions = {}): string {
  return writeValue(
    value,
    { escapeSlash: options.escapeSlash ?? false, toText: options.toText ?? String },
    0,
  );
}

type Style = Required<WriteJsonOptions>;

function writeValue(value: unknown, style: Style, depth: number): string {
  if (typeof value === "string") return quoteJson(value, style.escapeSlash);
  if (typeof value === "number") return String(value);
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (value instanceof Map) return writeObject(value, style, depth);
  if (Array.isArray(value)) return writeArray(value, style, depth);
  if (value instanceof JavaDouble) {
    return value.value === Infinity || value.value === -Infinity ? "null" : value.toString();
  }
  if (isJavaNumber(value)) return numberToString(value);
  return quoteJson(style.toText(value), style.escapeSlash);
}

function writeArray(items: readonly unknown[], style: Style, depth: number): string {
  if (depth >= MAX_DEPTH) throw new JsonWriteError("the value is nested too deeply to be written as JSON");
  let out = "[";
  for (let i = 0; i < items.length; i += 1) {
    if (i > 0) out += ",";
    out += writeValue(items[i], style, depth + 1);
  }
  return `${out}]`;
}

function writeObject(map: ReadonlyMap<unknown, unknown>, style: Style, depth: number): string {
  if (depth >= MAX_DEPTH) throw new JsonWriteError("the value is nested too deeply to be written as JSON");
  let out = "{";
  let separator = "";
  for (const [key, value] of map) {
    const name = typeof key === "string" ? key : style.toText(key);
    out += `${separator}${quoteJson(name, style.escapeSlash)}:${writeValue(value, style, depth + 1)}`;
    separator = ",";
  }
  return `${out}}`;
}
