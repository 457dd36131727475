const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Int16Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

/** Standard Base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += 12_288) {
    parts.push(encodePiece(bytes.subarray(from, from + 12_288)));
  }
  return parts.join("");
}

function encodePiece(bytes: Uint8Array): string {
  let text = "";
  let i = 0;
  for (; i + 2 < bytes.length; i += 3) {
    const word = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    text +=
      (ALPHABET[word >> 18] as string) +
      ALPHABET[(word >> 12) & 63] +
      ALPHABET[(word >> 6) & 63] +
      ALPHABET[word & 63];
  }
  const left = bytes.length - i;
  if (left === 1) {
    const word = bytes[i] as number;
    text += `${ALPHABET[word >> 2]}${ALPHABET[(word & 3) << 4]}==`;
  } else if (left === 2) {
    const word = ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
    text += `${ALPHABET[word >> 10]}${ALPHABET[(word >> 4) & 63]}${ALPHABET[(word & 15) << 2]}=`;
  }
  return text;
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
