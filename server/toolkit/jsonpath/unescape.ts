import { JsonPathError } from "./json-path-error";

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/**
 * The text of a quoted name or string in a path: \n and the like, \uXXXX; any other escaped character
 * stands for itself.
 *
 * @throws JsonPathError when \u is not followed by four hexadecimal digits
 */
export function unescapePathText(text: string): string {
  if (!text.includes("\\")) return text;
  let out = "";
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] as string;
    const escaped = text[i + 1];
    if (character !== "\\" || escaped === undefined) {
      out += character;
      continue;
    }
    i += 1;
    if (escaped !== "u") {
      out += ESCAPES.get(escaped) ?? escaped;
      continue;
    }
    const digits = text.slice(i + 1, i + 5);
    // A \u cut off by the end of the text is dropped, as Jayway drops it.
    if (digits.length < 4) break;
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new JsonPathError(`Unable to parse unicode value: ${digits}`);
    out += String.fromCharCode(Number.parseInt(digits, 16));
    i += 4;
  }
  return out;
}
