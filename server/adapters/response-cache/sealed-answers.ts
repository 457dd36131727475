import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import type { CachedAnswer } from "@/server/gateway/ports";

/** An answer as it lies in memory: open, or encrypted. */
export type KeptAnswer = CachedAnswer | Uint8Array;

const IV_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;

/**
 * AES-256-GCM under a key that this process makes for itself and never writes down. An entry is bound to its name, which
 * is kept as an HMAC, since it holds values that clients sent.
 */
export class AnswerSeal {
  readonly #key = randomBytes(32);
  readonly #nameKey = randomBytes(32);

  nameOf(key: string): string {
    return createHmac("sha256", this.#nameKey).update(key).digest("base64");
  }

  /** IV, ciphertext and tag. */
  seal(name: string, { status, headers, body }: CachedAnswer): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#key, iv).setAAD(Buffer.from(name));
    const head = Buffer.from(JSON.stringify([status, headers, body === null]));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(head.length);
    const parts = [iv, cipher.update(length), cipher.update(head), cipher.update(body ?? new Uint8Array(0))];
    return new Uint8Array(Buffer.concat([...parts, cipher.final(), cipher.getAuthTag()]));
  }

  open(name: string, sealed: Uint8Array): CachedAnswer {
    const iv = sealed.subarray(0, IV_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", this.#key, iv).setAAD(Buffer.from(name));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const text = sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES);
    const plain = Buffer.concat([decipher.update(text), decipher.final()]);
    const bodyAt = LENGTH_BYTES + plain.readUInt32BE(0);
    const [status, headers, hasNoBody] = JSON.parse(plain.toString("utf8", LENGTH_BYTES, bodyAt));
    return { status, headers, body: hasNoBody ? null : plain.subarray(bodyAt) };
  }
}
