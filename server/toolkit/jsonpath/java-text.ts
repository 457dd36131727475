import { isJavaNumber, JsonArray, numberToString } from "../java/values";
import { writeJson } from "../json/write-json";
import { MAX_DEPTH } from "./evaluation";
import { JsonPathError } from "./json-path-error";

/** Java's toString() of a document value: {a=b} for objects, JSON text for arrays of the document. */
export function javaText(value: unknown, depth = 0): string {
  if (typeof value === "string") return value;
  if (isJavaNumber(value)) return numberToString(value);
  if (depth > MAX_DEPTH) throw new JsonPathError("the value is nested too deeply to be printed");
  if (value instanceof Map) {
    const entries = [...value].map(
      ([key, item]) =>
        `${javaText(key, depth + 1)}=${item === value ? "(this Map)" : javaText(item, depth + 1)}`,
    );
    return `{${entries.join(", ")}}`;
  }
  if (value instanceof JsonArray) return writeJson(value, { escapeSlash: true });
  if (Array.isArray(value)) {
    const items = value.map((item) => (item === value ? "(this Collection)" : javaText(item, depth + 1)));
    return `[${items.join(", ")}]`;
  }
  return String(value);
}
