// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped
const ESCAPED = /["\\\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const ESCAPED_ALL = /["\\\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const ESCAPED_OR_SLASH = /["\\/\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const ESCAPED_OR_SLASH_ALL = /["\\/\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/g;

const SHORT: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["/", "\\/"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escapeCharacter(character: string): string {
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The text as a JSON string with its quotes, escaped as json-smart does; "/" only when asked for. */
export function quoteJson(text: string, escapeSlash: boolean): string {
  if (!(escapeSlash ? ESCAPED_OR_SLASH : ESCAPED).test(text)) return `"${text}"`;
  return `"${text.replace(escapeSlash ? ESCAPED_OR_SLASH_ALL : ESCAPED_ALL, escapeCharacter)}"`;
}
