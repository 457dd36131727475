import { textFromUtf8, utf8FromText } from "@/server/toolkit/utf8";
import { illegalArgument } from "@/server/vtl/values/java-exception";

/** UTF-8 as Java's String.getBytes gives it: half a surrogate pair becomes a question mark. */
export function javaBytes(text: string): Uint8Array {
  return utf8FromText(/[\ud800-\udfff]/.test(text) ? text.replace(/\p{Surrogate}/gu, "?") : text);
}

const hex = (code: number, digits: number): string => code.toString(16).toUpperCase().padStart(digits, "0");

const shortEscapes: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\n": "\\n",
  "\t": "\\t",
  "\f": "\\f",
  "\r": "\\r",
  "'": "\\'",
  '"': '\\"',
  "\\": "\\\\",
  "/": "\\/",
};

const escaped = new Uint8Array(128);
escaped.fill(1, 0, 32);
for (const ch of Object.keys(shortEscapes)) escaped[ch.charCodeAt(0)] = 1;

/** Commons Lang 2's escapeJavaScript: quotes, backslash, slash, control characters, and all above U+007F. */
export function escapeJavaScript(text: string): string {
  let out = "";
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128 && escaped[code] === 0) continue;
    out += text.slice(from, i) + (shortEscapes[text.charAt(i)] ?? `\\u${hex(code, 4)}`);
    from = i + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}

/** What java.net.URLEncoder writes for each byte, as ASCII codes. */
const urlCodes = Array.from({ length: 256 }, (_, byte) => {
  const ch = String.fromCharCode(byte);
  if (/[A-Za-z0-9.*_-]/.test(ch)) return utf8FromText(ch);
  return utf8FromText(ch === " " ? "+" : `%${hex(byte, 2)}`);
});

/**
 * java.net.URLEncoder: form encoding in UTF-8. By way of bytes: as a string that grows character by character, a
 * large body would hold up all other requests for half a minute.
 */
export function urlEncode(text: string): string {
  if (/^[A-Za-z0-9.*_-]*$/.test(text)) return text;
  const bytes = javaBytes(text);
  const codes = new Uint8Array(bytes.length * 3);
  let length = 0;
  for (const byte of bytes) for (const code of urlCodes[byte] as Uint8Array) codes[length++] = code;
  return textFromUtf8(codes.subarray(0, length));
}

/** java.net.URLDecoder. Throws IllegalArgumentException for a broken escape. */
export function urlDecode(text: string): string {
  const parts: string[] = [];
  for (let i = 0; i < text.length; ) {
    const percent = text.indexOf("%", i);
    const end = percent === -1 ? text.length : percent;
    if (end > i) parts.push(text.slice(i, end).replaceAll("+", " "));
    const bytes: number[] = [];
    for (i = end; text[i] === "%"; i += 3) bytes.push(escapedByte(text, i));
    if (bytes.length > 0) parts.push(textOf(bytes));
  }
  return parts.join("");
}

/** Most escapes stand for one ASCII character, for which a decoder would be much work. */
function textOf(bytes: readonly number[]): string {
  const [first = 0] = bytes;
  if (bytes.length === 1 && first < 0x80) return String.fromCharCode(first);
  return textFromUtf8(Uint8Array.from(bytes));
}

function escapedByte(text: string, at: number): number {
  if (at + 2 >= text.length) throw illegalArgument("URLDecoder: Incomplete trailing escape (%) pattern");
  const digits = text.slice(at + 1, at + 3);
  if (!/^(\+?[0-9a-fA-F]+|-0)$/.test(digits)) {
    throw illegalArgument(
      `URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: "${digits}"`,
    );
  }
  return Number.parseInt(digits, 16) & 0xff;
}

const sixBits = new Int8Array(128).fill(-1);
for (const [i, ch] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].entries()) {
  sixBits[ch.charCodeAt(0)] = i;
}
sixBits["-".charCodeAt(0)] = 62;
sixBits["_".charCodeAt(0)] = 63;

/** Commons Codec's Base64: both alphabets, other characters passed over, up to the first `=`. */
export function decodeBase64Leniently(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let word = 0;
  let bits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 61) break;
    const value = code < 128 ? (sixBits[code] as number) : -1;
    if (value < 0) continue;
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = (word >> bits) & 0xff;
    }
  }
  return bytes.subarray(0, length);
}
