import { JavaException, numberFormat } from "@/server/vtl/values/java-exception";

/**
 * Integer.parseInt and its like: an optional sign and digits of the radix (0: as `decode` reads them, with 0x, # or
 * 0 in front), within the given number of bits. Throws NumberFormatException.
 */
export function parseWhole(text: string | null, radix: number, bits: number): bigint {
  if (text === null) throw new JavaException("java.lang.NumberFormatException", "Cannot parse null string");
  if (radix !== 0 && (radix < 2 || radix > 36)) {
    throw new JavaException("java.lang.NumberFormatException", `radix ${radix} out of range`);
  }
  const sign = /^[+-]/.test(text) ? text.slice(0, 1) : "";
  let digits = text.slice(sign.length);
  let base = radix;
  if (radix === 0) {
    const prefix = /^(0[xX]|#|0(?=.))/.exec(digits)?.[0] ?? "";
    digits = digits.slice(prefix.length);
    base = prefix === "" ? 10 : prefix === "0" ? 8 : 16;
  }
  if (digits === "") throw numberFormat(text);
  let value = 0n;
  for (const digit of digits) {
    const worth = /^[0-9a-zA-Z]$/.test(digit) ? Number.parseInt(digit, 36) : 99;
    if (worth >= base) throw numberFormat(text);
    value = value * BigInt(base) + BigInt(worth);
    if (value >= 1n << BigInt(bits)) throw numberFormat(text);
  }
  if (sign === "-") value = -value;
  if (value !== BigInt.asIntN(bits, value)) throw numberFormat(text);
  return value;
}

const doublePattern = /^[+-]?(NaN|Infinity|((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFdD]?))$/;

/** Double.parseDouble: white space around, a type letter behind. Throws NumberFormatException. */
export function parseDouble(text: string | null): number {
  if (text === null) throw new JavaException("java.lang.NullPointerException", "in is null");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Java's trim() takes all characters up to the space
  const trimmed = text.replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, "");
  if (trimmed === "") throw new JavaException("java.lang.NumberFormatException", "empty String");
  if (!doublePattern.test(trimmed)) throw numberFormat(text);
  return Number(trimmed.replace(/(?<![yN])[fFdD]$/, "").replace(/^\+/, ""));
}

export function unsignedText(value: bigint, radix: number): string {
  return BigInt.asUintN(64, value).toString(radix);
}
