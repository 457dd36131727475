// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped
const ESCAPED = /["\\\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const ESCAPED_OR_SLASH = /["\\/\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/;
const QUOTE = 0x22;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;

const SHORT: ReadonlyMap<number, string> = new Map([
  [8, "\\b"],
  [9, "\\t"],
  [10, "\\n"],
  [12, "\\f"],
  [13, "\\r"],
  [QUOTE, '\\"'],
  [SLASH, "\\/"],
  [BACKSLASH, "\\\\"],
]);

/** The text as a JSON string with its quotes, escaped as json-smart does; "/" only when asked for. */
export function quoteJson(text: string, escapeSlash: boolean): string {
  if (!(escapeSlash ? ESCAPED_OR_SLASH : ESCAPED).test(text)) return `"${text}"`;
  let out = '"';
  let plainFrom = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (!isEscaped(code) || (code === SLASH && !escapeSlash)) continue;
    out += text.slice(plainFrom, i) + (SHORT.get(code) ?? numericEscape(code));
    plainFrom = i + 1;
  }
  return `${out}${text.slice(plainFrom)}"`;
}

function isEscaped(code: number): boolean {
  if (code < 0x7f) return code < 0x20 || code === QUOTE || code === BACKSLASH || code === SLASH;
  return code < 0xa0 || (code >= 0x2000 && code < 0x2100);
}

function numericEscape(code: number): string {
  return `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
