import { JsonParseError } from "./json-parse-error";
import { PermissiveReader } from "./permissive-reader";

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
