const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An id as AWS makes them: 6 lower-case letters and digits. */
export function newId(length = 6): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
