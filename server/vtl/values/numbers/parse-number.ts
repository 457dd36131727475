import { JavaException, numberFormat } from "@/server/vtl/values/java-exception";
import { trimControls } from "@/server/vtl/values/strings/white-space";

/**
 * Integer.parseInt and its like: an optional sign and digits of the radix ("decode": with 0x, # or 0 in
 * front), within the given number of bits. Throws NumberFormatException.
 */
export function parseWhole(text: string | null, radix: number | "decode", bits: number): bigint {
  if (text === null) throw new JavaException("java.lang.NumberFormatException", "Cannot parse null string");
  if (radix !== "decode" && (radix < 2 || radix > 36)) {
    throw new JavaException("java.lang.NumberFormatException", `radix ${radix} out of range`);
  }
  const sign = /^[+-]/.test(text) ? text.slice(0, 1) : "";
  let digits = text.slice(sign.length);
  let base = radix === "decode" ? 10 : radix;
  if (radix === "decode") {
    const prefix = /^(0[xX]|#|0(?=.))/.exec(digits)?.[0] ?? "";
    digits = digits.slice(prefix.length);
    base = prefix === "" ? 10 : prefix === "0" ? 8 : 16;
  }
  if (digits === "") throw numberFormat(text);
  let value = 0n;
  for (const digit of digits) {
    const worth = digitValue(digit);
    if (worth >= base) throw numberFormat(text);
    value = value * BigInt(base) + BigInt(worth);
    if (value >= 1n << BigInt(bits)) throw numberFormat(text);
  }
  if (sign === "-") value = -value;
  if (value !== BigInt.asIntN(bits, value)) throw numberFormat(text);
  return value;
}

/** Letters and the decimal digits of any script, as Character.digit() knows them; 99 for anything else. */
export function digitValue(digit: string): number {
  if (/^[0-9a-zA-Z]$/.test(digit)) return Number.parseInt(digit, 36);
  if (!/^\p{Nd}$/u.test(digit)) return 99;
  const code = digit.codePointAt(0) as number;
  let worth = 0;
  while (worth < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - worth - 1))) worth++;
  return worth;
}

const doublePattern = /^[+-]?(NaN|Infinity|((\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d+)?[fFdD]?))$/;

/** Double.parseDouble: white space around, a type letter behind. Throws NumberFormatException. */
export function parseDouble(text: string | null): number {
  if (text === null) throw new JavaException("java.lang.NullPointerException", "in is null");
  const trimmed = trimControls(text);
  if (trimmed === "") throw new JavaException("java.lang.NumberFormatException", "empty String");
  if (!doublePattern.test(trimmed)) throw numberFormat(text);
  return Number(trimmed.replace(/(?<![yN])[fFdD]$/, "").replace(/^\+/, ""));
}

export function unsignedText(value: bigint, radix: number): string {
  return BigInt.asUintN(64, value).toString(radix);
}
