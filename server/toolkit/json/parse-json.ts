import { JsonParseError } from "./json-parse-error";
import { PermissiveReader } from "./permissive-reader";
import { mustEscape } from "./quote-json";

export { JsonParseError };

/**
 * Parses a payload as API Gateway's template engine does (json-smart's permissive mode): quotes may be
 * single or missing, commas may be too many, data after the first value is ignored, and a text that does
 * not start like JSON is one string. Objects become Map, arrays JsonArray, numbers Integer, JavaLong,
 * JavaBigInteger, JavaDouble or JavaBigDecimal (see ../java/values).
 *
 * @throws JsonParseError on a truncated text, a bad \u escape, or nesting deeper than 400
 */
export function parseJson(text: string): unknown {
  return new PermissiveReader(text).read();
}

/** A parsed payload that remembers its text. */
export interface JsonDocument {
  readonly root: unknown;
  /**
   * The text, where it is exactly what writeJson(root) gives: true of most JSON that programs write.
   * undefined where it is spelled otherwise. Only right as long as nobody changed what root holds.
   */
  writtenText(): string | undefined;
}

/** As parseJson, for a payload that may be written again whole. */
export function parseJsonDocument(text: string): JsonDocument {
  const reader = new PermissiveReader(text);
  const root = reader.read();
  let written: string | undefined;
  let known = !reader.isExact;
  return {
    root,
    writtenText: () => {
      if (!known) written = mustEscape(text) ? undefined : text;
      known = true;
      return written;
    },
  };
}

/**
 * As parseJson, but only for texts that are JSON by RFC 8259.
 *
 * @throws JsonParseError for anything else
 */
export function parseStrictJson(text: string): unknown {
  try {
    JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new JsonParseError(message, Number(/position (\d+)/.exec(message)?.[1] ?? 0));
  }
  return parseJson(text);
}
