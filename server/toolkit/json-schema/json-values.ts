/** JSON's types as drafts 3 and 4 know them; an integer is a number too. */
export type JsonType = "array" | "boolean" | "integer" | "null" | "number" | "object" | "string";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The narrowest type of a value that JSON.parse made. */
export function typeOfJson(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  switch (typeof value) {
    case "boolean":
      return "boolean";
    case "number":
      return Number.isInteger(value) ? "integer" : "number";
    case "string":
      return "string";
    default:
      return "object";
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A text that is the same for equal values and for no others: members in order of their names.
 *
 * @param spend is told the number of values visited
 */
export function canonicalText(value: unknown, spend: (steps: number) => void): string {
  spend(1);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item, spend)).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(value[name], spend)}`);
  return `{${members.join(",")}}`;
}

/** Characters as people count them: code points. */
export function lengthInCodePoints(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdbff) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low <= 0xdfff) i++;
    }
    length++;
  }
  return length;
}
