import { createHash } from "node:crypto";
import { MemoryKeyStore } from "@/server/adapters/key-store";

const LOOKUPS = 100_000;

function heapBytes(): number {
  global.gc?.();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

const keyValue = (i: number) => `key-value-${String(i).padStart(10, "0")}-abcdefghij`;
const hashOf = (value: string) => createHash("sha256").update(value).digest("hex");

/** Memory of so many keys in one plan, and the time to find one. */
export function measureKeys(count: number) {
  const store = new MemoryKeyStore();
  store.putPlan({
    id: "plan000001",
    throttle: null,
    quota: null,
    stages: [{ apiId: "abc123defg", stageName: "prod", throttle: {} }],
  });
  const before = heapBytes();
  for (let i = 0; i < count; i++) {
    // As they come from the database: each with strings and lists of its own.
    store.putKey(
      JSON.parse(
        JSON.stringify({
          id: `k${String(i).padStart(9, "0")}`,
          name: `customer ${i}`,
          customerId: null,
          isEnabled: true,
          valueHash: hashOf(keyValue(i)),
          plans: [{ planId: "plan000001", joinedAtMs: 1_760_000_000_000 + i }],
        }),
      ),
    );
  }
  const bytesEach = (heapBytes() - before) / count;
  const times: number[] = [];
  for (let i = 0; i < LOOKUPS; i++) {
    const value = keyValue((i * 7_919) % count);
    const startedAt = process.hrtime.bigint();
    const found = store.find(value, "abc123defg", "prod");
    times.push(Number(process.hrtime.bigint() - startedAt) / 1_000);
    if (!found) throw new Error("a key was not found");
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] as number;
  return { bytesEach, p50Us: at(0.5), p99Us: at(0.99) };
}
