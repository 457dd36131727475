/** json-smart's mark for the end of the text; the same character inside a text ends it too. */
export const END = 0x1a;

/** Character.isWhitespace(): no-break spaces are not white to Java. */
export function isJavaWhitespace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f);
  if (code < 0x1680) return false;
  if (code >= 0x2000 && code <= 0x200a) return code !== 0x2007;
  return code === 0x1680 || code === 0x2028 || code === 0x2029 || code === 0x205f || code === 0x3000;
}

/** Text from start to end without the white space at both ends, but never less than one character. */
export function sliceTrimmed(text: string, start: number, end: number): string {
  while (start < end - 1 && isJavaWhitespace(text.charCodeAt(start))) start += 1;
  while (end - 1 > start && isJavaWhitespace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Value of a hexadecimal digit, -1 for any other character. */
export function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}
