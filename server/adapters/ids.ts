import { randomBytes, randomUUID } from "node:crypto";
import type { Ids } from "@/server/gateway/ports";

const POOL_BYTES = 8_192;
let pool = Buffer.alloc(0);
let at = 0;

/** Random bytes from a pool: one system call serves hundreds of requests. */
function take(count: number): [Buffer, number] {
  if (at + count > pool.length) {
    pool = randomBytes(POOL_BYTES);
    at = 0;
  }
  const from = at;
  at += count;
  return [pool, from];
}

export const systemIds: Ids = {
  requestId: () => randomUUID(),
  extendedRequestId() {
    const [bytes, from] = take(11);
    return bytes.toString("base64", from, from + 11);
  },
  hex(digits) {
    const count = Math.ceil(digits / 2);
    const [bytes, from] = take(count);
    return bytes.toString("hex", from, from + count).slice(0, digits);
  },
  fraction() {
    const [bytes, from] = take(6);
    return bytes.readUIntBE(from, 6) / 2 ** 48;
  },
};
