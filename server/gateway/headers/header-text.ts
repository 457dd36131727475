/**
 * A header value from the wire: bytes as Latin-1 characters (how HTTP libraries hand it over) read as UTF-8
 * where they are UTF-8. Plain ASCII is returned as it is.
 */
export function headerTextFromWire(value: string): string {
  if (!/[^\t\x20-\x7e]/.test(value)) return value;
  const bytes = new Uint8Array(value.length);
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code > 0xff) return value;
    bytes[i] = code;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return value;
  }
}

/**
 * A text as a header value: UTF-8 bytes as Latin-1 characters. Line breaks and other control characters become
 * spaces, so that a mapped value can never begin a header of its own.
 */
export function headerTextToWire(text: string): string {
  if (!/[^\t\x20-\x7e]/.test(text)) return text;
  const clean = text.replace(/(?!\t)\p{Cc}/gu, " ");
  let wire = "";
  for (const byte of new TextEncoder().encode(clean)) wire += String.fromCharCode(byte);
  return wire;
}

/** True for a header name HTTP allows (RFC 9110 token). */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name);
}
