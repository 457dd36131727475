import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { ServiceError } from "@/server/domain/errors";
import { type BackupHeader, damaged } from "./backup-header";

/**
 * Frames of AES-256-GCM: 1 byte that says whether it is the last, 4 bytes length, 16 bytes tag, then that many bytes. A
 * frame's nonce is its number, so that none can be left out, repeated or moved; the header line and the first byte are
 * authenticated with it. The key is of this file alone (random salt).
 */
const FRAME_BYTES = 64 * 1024;
const HEAD_BYTES = 21;
const SCRYPT = { r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const COST = 32_768;

type Encryption = NonNullable<BackupHeader["encryption"]>;

export const newEncryption = (): Encryption => ({
  kdf: "scrypt",
  cost: COST,
  salt: randomBytes(16).toString("base64url"),
});

export function keyOf(passphrase: string, { salt, cost }: Encryption): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase.normalize("NFC"),
      Buffer.from(salt, "base64url"),
      32,
      { ...SCRYPT, N: cost },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

export async function* sealFrames(
  source: AsyncIterable<Uint8Array>,
  { key, headerLine }: { key: Buffer; headerLine: string },
): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0);
  let number = 0;
  const frame = (content: Buffer, isLast: boolean) => {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number++)).setAAD(aadOf(headerLine, isLast));
    const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt8(isLast ? 1 : 0, 0);
    head.writeUInt32BE(sealed.length, 1);
    cipher.getAuthTag().copy(head, 5);
    return Buffer.concat([head, sealed]);
  };
  for await (const chunk of source) {
    waiting = Buffer.concat([waiting, chunk]);
    for (; waiting.length > FRAME_BYTES; waiting = waiting.subarray(FRAME_BYTES))
      yield frame(waiting.subarray(0, FRAME_BYTES), false);
  }
  yield frame(waiting, true);
}

/** Throws INVALID for a wrong passphrase or a damaged file: they cannot be told apart in the first frame. */
export async function* openFrames(
  source: AsyncIterable<Uint8Array>,
  { key, headerLine }: { key: Buffer; headerLine: string },
): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0);
  let number = 0;
  let isEnded = false;
  for await (const chunk of source) {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      if (waiting.length < HEAD_BYTES) break;
      const length = waiting.readUInt32BE(1);
      if (length > FRAME_BYTES || isEnded) throw damaged("there is something behind its end");
      if (waiting.length < HEAD_BYTES + length) break;
      isEnded = waiting.readUInt8(0) === 1;
      const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number), { authTagLength: 16 })
        .setAAD(aadOf(headerLine, isEnded))
        .setAuthTag(waiting.subarray(5, HEAD_BYTES));
      const sealed = waiting.subarray(HEAD_BYTES, HEAD_BYTES + length);
      waiting = waiting.subarray(HEAD_BYTES + length);
      yield openFrame(() => Buffer.concat([decipher.update(sealed), decipher.final()]), number++);
    }
  }
  if (!isEnded || waiting.length > 0) throw damaged("its end is missing");
}

function openFrame(open: () => Buffer, number: number): Buffer {
  try {
    return open();
  } catch {
    if (number > 0) throw damaged(`part ${number} has been changed`);
    throw new ServiceError("INVALID", "The passphrase is wrong, or the backup has been changed", {
      fieldPath: "passphrase",
    });
  }
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 8);
  return nonce;
}

const aadOf = (headerLine: string, isLast: boolean) =>
  Buffer.from(`${isLast ? "last" : "part"} ${headerLine}`);
