import { randomInt } from "node:crypto";

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const ALPHANUMERIC = `${LETTERS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** A fresh id as AWS makes them: lower-case letters and digits. APIs and keys have 10, everything else 6. */
export function newId(length = 6): string {
  return pick(LETTERS, length);
}

/** A secret of letters and digits (5.95 bits each). */
export function newSecret(length = 40): string {
  return pick(ALPHANUMERIC, length);
}

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}
