import type { RequestLogEntry } from "@/server/gateway/observation/request-log-entry";
import type { RequestLog } from "@/server/gateway/ports";

export type RingLimits = { readonly maxEntries: number; readonly maxChars: number };

/** About 20 MB of entries; at 5,000 requests a second four seconds. */
const LIMITS: RingLimits = { maxEntries: 20_000, maxChars: 20_000_000 };
const BATCH = 500;
/** A batch that failed so often goes: what the database will never take must not hold up the rest. */
const MAX_TRIES = 5;
/** Fields beside those that are measured. */
const ENTRY_CHARS = 600;

/**
 * The RequestLog port: requests wait here, bounded in number and size, for somebody to store them. When it is full new
 * ones are dropped and counted; a slow or dead database costs entries, never a request.
 */
export class RequestLogRing implements RequestLog {
  readonly #waiting: RequestLogEntry[] = [];
  #chars = 0;
  #tries = 0;
  dropped = 0;
  written = 0;

  constructor(private readonly limits: RingLimits = LIMITS) {}

  get waitingCount(): number {
    return this.#waiting.length;
  }

  write(entry: RequestLogEntry): void {
    const size = sizeOf(entry);
    if (this.#waiting.length >= this.limits.maxEntries || this.#chars + size > this.limits.maxChars) {
      this.dropped++;
      return;
    }
    this.#waiting.push(entry);
    this.#chars += size;
  }

  /** Gives what waits to `store`, batch by batch; rejects with the first failure, and then keeps the batch. */
  async flush(store: (entries: readonly RequestLogEntry[]) => Promise<void>): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      try {
        await store(batch);
      } catch (error) {
        if (++this.#tries >= MAX_TRIES) {
          this.#forget(batch);
          this.dropped += batch.length;
        }
        throw error;
      }
      this.#forget(batch);
      this.written += batch.length;
    }
  }

  #forget(batch: readonly RequestLogEntry[]): void {
    this.#waiting.splice(0, batch.length);
    for (const entry of batch) this.#chars -= sizeOf(entry);
    this.#tries = 0;
  }
}

function sizeOf({ path, detail }: RequestLogEntry): number {
  let chars = ENTRY_CHARS + path.length;
  for (const line of detail.log) chars += line.length;
  for (const { name, summary } of detail.steps) chars += name.length + summary.length + 80;
  for (const [name, value] of detail.requestHeaders) chars += name.length + value.length + 6;
  for (const [name, value] of detail.responseHeaders) chars += name.length + value.length + 6;
  return chars;
}
