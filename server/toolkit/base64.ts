import { textFromUtf8, utf8FromText } from "./utf8";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Int16Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

const CODES = utf8FromText(ALPHABET);
const PADDING = 61;

/** Standard Base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING);
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    // Bytes beyond the end count as 0; of the characters they alone make, the padding stays.
    const word = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    codes[at] = CODES[word >> 18] as number;
    codes[at + 1] = CODES[(word >> 12) & 63] as number;
    if (i + 1 < bytes.length) codes[at + 2] = CODES[(word >> 6) & 63] as number;
    if (i + 2 < bytes.length) codes[at + 3] = CODES[word & 63] as number;
    at += 4;
  }
  return textFromUtf8(codes);
}

/**
 * The bytes of a Base64 text; null if it is none. As Java's basic decoder: padding may be missing, white space may
 * not be there.
 */
export function decodeBase64(clean: string): Uint8Array | null {
  let length = clean.length;
  while (length > 0 && clean.charCodeAt(length - 1) === 61) length--;
  if (clean.length - length > 2 || length % 4 === 1) return null;
  if (clean.length !== length && clean.length % 4 !== 0) return null;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    const code = clean.charCodeAt(i);
    const value = code < 128 ? (VALUES[code] as number) : -1;
    if (value < 0) return null;
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (word >> bits) & 0xff;
    }
  }
  return bytes;
}
