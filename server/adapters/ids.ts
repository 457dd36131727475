import { randomBytes } from "node:crypto";
import type { Ids } from "@/server/gateway/ports";

const POOL_BYTES = 6_144;

/** Random digits, made many at once: cutting a piece off a text costs less than making one. */
class DigitPool {
  #digits = "";
  #at = 0;

  /** @param encoding of POOL_BYTES, without padding */
  constructor(private readonly encoding: "hex" | "base64") {}

  take(count: number): string {
    if (this.#at + count > this.#digits.length) {
      this.#digits = randomBytes(POOL_BYTES).toString(this.encoding);
      this.#at = 0;
    }
    const from = this.#at;
    this.#at += count;
    return this.#digits.slice(from, this.#at);
  }
}

const hexDigits = new DigitPool("hex");
const base64Digits = new DigitPool("base64");
/** By a hex digit: the last digit of base64 before one "=" has four bits. */
const LAST_OF_BASE64: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789abcdef"].map((digit, bits) => [digit, Buffer.of(0, bits).toString("base64").charAt(2)]),
);
/** By a hex digit: the digit of a UUID that carries its variant. */
const VARIANT: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789abcdef"].map((digit, bits) => [digit, "89ab".charAt(bits & 3)]),
);

export const systemIds: Ids = {
  /** Version 4 (RFC 9562, 5.4). */
  requestId() {
    const hex = hexDigits.take(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${VARIANT[hex.charAt(16)]}${hex.slice(17, 20)}-${hex.slice(20)}`;
  },
  /** Eleven octets in base64. */
  extendedRequestId: () => `${base64Digits.take(14)}${LAST_OF_BASE64[hexDigits.take(1)]}=`,
  hex: (digits) => hexDigits.take(digits),
  fraction: () => Number.parseInt(hexDigits.take(12), 16) / 2 ** 48,
};
