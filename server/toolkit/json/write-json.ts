import { isJavaNumber, JavaDouble, numberToString } from "../java/values";
import { JsonObject } from "./json-object";
import { quoteJson } from "./quote-json";

export const MAX_JSON_DEPTH = 1000;
/** Members of an array between two checks. */
const CHECK_EVERY = 16;

export interface WriteJsonOptions {
  /** "/" as "\/": how a JSON array prints itself in a template; `$input.json` does not */
  readonly escapeSlash?: boolean;
  /** text of a value or map key that is no JSON value of its own (a template's own objects) */
  readonly toText?: (value: unknown) => string;
  /** told the length so far now and then, so that it can end the writing by throwing: values may share parts */
  readonly check?: (length: number) => void;
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
  if (typeof value === "string") return quoteJson(value, options.escapeSlash ?? false);
  const writer = new JsonWriter(options);
  writer.write(value, 0);
  return writer.out;
}

/** Keys as written, colon included. Payloads of one kind share theirs; emptied when it has grown full. */
const writtenKeys = { plain: new Map<string, string>(), escapedSlash: new Map<string, string>() };
const MOST_KEYS = 2000;
const LONGEST_KEY = 64;

class JsonWriter {
  out = "";
  private readonly keys: Map<string, string>;

  private readonly escapeSlash: boolean;
  private readonly toText: (value: unknown) => string;
  private readonly check: (length: number) => void;

  constructor({ escapeSlash = false, toText = String, check = () => {} }: WriteJsonOptions) {
    this.escapeSlash = escapeSlash;
    this.toText = toText;
    this.check = check;
    this.keys = escapeSlash ? writtenKeys.escapedSlash : writtenKeys.plain;
  }

  write(value: unknown, depth: number): void {
    if (typeof value === "string") this.out += quoteJson(value, this.escapeSlash);
    else if (typeof value === "number") this.out += value;
    else if (value === null || value === undefined) this.out += "null";
    else if (typeof value === "boolean") this.out += value ? "true" : "false";
    else if (value instanceof JsonObject) this.writeJsonObject(value, depth);
    else if (value instanceof Map) this.writeObject(value, depth);
    else if (Array.isArray(value)) this.writeArray(value, depth);
    else this.out += this.other(value);
  }

  private other(value: unknown): string {
    if (value instanceof JavaDouble) {
      return value.value === Infinity || value.value === -Infinity ? "null" : value.toString();
    }
    return isJavaNumber(value) ? numberToString(value) : quoteJson(this.toText(value), this.escapeSlash);
  }

  private writeArray(items: readonly unknown[], depth: number): void {
    checkDepth(depth);
    this.out += "[";
    if (items.length === 0) this.check(this.out.length);
    for (let i = 0; i < items.length; i += 1) {
      if (i % CHECK_EVERY === 0) this.check(this.out.length);
      if (i > 0) this.out += ",";
      this.write(items[i], depth + 1);
    }
    this.out += "]";
  }

  private writeJsonObject(value: JsonObject, depth: number): void {
    const text = this.escapeSlash ? undefined : value.writtenText();
    if (text === undefined) this.writeObject(value, depth);
    else this.out += text;
  }

  private writeObject(map: ReadonlyMap<unknown, unknown>, depth: number): void {
    checkDepth(depth);
    let separator = "{";
    this.check(this.out.length);
    let members = 0;
    for (const [key, value] of map) {
      members += 1;
      if (members % CHECK_EVERY === 0) this.check(this.out.length);
      this.out += separator + this.key(typeof key === "string" ? key : this.toText(key));
      separator = ",";
      this.write(value, depth + 1);
    }
    this.out += map.size === 0 ? "{}" : "}";
  }

  private key(name: string): string {
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    const written = `${quoteJson(name, this.escapeSlash)}:`;
    if (name.length <= LONGEST_KEY) {
      if (this.keys.size >= MOST_KEYS) this.keys.clear();
      this.keys.set(name, written);
    }
    return written;
  }
}

function checkDepth(depth: number): void {
  if (depth >= MAX_JSON_DEPTH)
    throw new JsonWriteError("the value is nested too deeply to be written as JSON");
}
