import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { boxKey, environment } from "@/server/env";

const FORMAT = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts secrets at rest, each bound to the id of its row: it cannot be moved to another one. */
export type SecretBox = {
  /** `v1.` and base64url of nonce, tag and ciphertext (AES-256-GCM). */
  seal: (secret: string, id: string) => string;
  /** Null when the text was sealed under another key, for another id, or is damaged. */
  open: (sealed: string, id: string) => string | null;
};

/** The box for secrets of access keys: the console and the data plane open it. */
export function accessKeyBox(): SecretBox {
  return createSecretBox(required(environment().accessKeyBox));
}

/** The box for values of API keys: only the console opens it. */
export function apiKeyBox(): SecretBox {
  return createSecretBox(boxKey(required(environment().secret), "api-key"));
}

/** `key` has 64 hexadecimal digits. */
export function createSecretBox(key: string): SecretBox {
  const bytes = Buffer.from(key, "hex");
  return {
    seal(secret, id) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", bytes, nonce).setAAD(Buffer.from(id));
      const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return `${FORMAT}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url")}`;
    },
    open(sealed, id) {
      const [format, payload = ""] = sealed.split(".");
      const packed = Buffer.from(payload, "base64url");
      if (format !== FORMAT || packed.length < NONCE_BYTES + TAG_BYTES) return null;
      const nonce = packed.subarray(0, NONCE_BYTES);
      const tag = packed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", bytes, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(id)).setAuthTag(tag);
      try {
        const text = decipher.update(packed.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString("utf8");
      } catch {
        return null;
      }
    },
  };
}

function required(key: string | undefined): string {
  if (key) return key;
  throw new Error("GATEHOUSE_SECRET is not set: the launcher makes one and keeps it in the data folder");
}
