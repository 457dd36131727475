import type { CachedAnswer, CacheFind, CacheLease, CacheName, Clock } from "@/server/gateway/ports";
import { WeightedLru } from "@/server/toolkit/weighted-lru";
import type { AnswerSeal, KeptAnswer } from "./sealed-answers";

type Entry = { readonly answer: KeptAnswer; readonly untilMs: number; readonly begun: number };
type Flight = { readonly begun: number; readonly waiting: ((answer: CachedAnswer | null) => void)[] };

/** What an entry weighs beside its texts and bytes: map, objects, buffers' heads. */
const ENTRY_BYTES = 512;

/** The answers one stage keeps, and those that are being made. */
export class StageAnswers {
  readonly #entries: WeightedLru<string, Entry>;
  readonly #flights = new Map<string, Flight>();
  #begun = 0;

  constructor(
    readonly sizeBytes: number,
    private readonly clock: Pick<Clock, "monotonicMs">,
    private readonly seal: AnswerSeal,
  ) {
    this.#entries = new WeightedLru(sizeBytes);
  }

  set bound(bytes: number) {
    this.#entries.bound = bytes;
  }
  get bytes(): number {
    return this.#entries.weight;
  }
  get count(): number {
    return this.#entries.size;
  }

  find(name: CacheName): CacheFind | Promise<CacheFind> {
    const key = this.#keyOf(name);
    const entry = this.#entries.get(key);
    if (entry) {
      if (entry.untilMs > this.clock.monotonicMs()) return { answer: this.#opened(key, entry.answer) };
      this.#entries.delete(key);
    }
    const flight = this.#flights.get(key);
    if (!flight) return { lease: this.#begin(key, name) };
    return new Promise((resolve) => {
      // Whoever waited in vain asks the back end at once: one after the other, the last would wait for all.
      flight.waiting.push((answer) =>
        resolve(answer ? { answer } : { lease: this.#lease(key, name, this.#flight()) }),
      );
    });
  }

  replace(name: CacheName): CacheLease {
    const key = this.#keyOf(name);
    this.#entries.delete(key);
    return this.#begin(key, name);
  }

  #begin(key: string, name: CacheName): CacheLease {
    const flight = this.#flight();
    this.#flights.set(key, flight);
    return this.#lease(key, name, flight);
  }

  #flight(): Flight {
    return { begun: ++this.#begun, waiting: [] };
  }

  #lease(key: string, name: CacheName, flight: Flight): CacheLease {
    let isOpen = true;
    const settle = (answer: CachedAnswer | null) => {
      if (!isOpen) return;
      isOpen = false;
      if (answer) this.#keep(key, { name, flight, answer });
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
      for (const tell of flight.waiting) tell(answer);
    };
    return { keep: settle, release: () => settle(null) };
  }

  /** What was asked for earlier never replaces what was asked for later, nor an entry that is being made anew. */
  #keep(
    key: string,
    { name, flight, answer }: { name: CacheName; flight: Flight; answer: CachedAnswer },
  ): void {
    const later = Math.max(this.#flights.get(key)?.begun ?? 0, this.#entries.get(key)?.begun ?? 0);
    if (later > flight.begun) return;
    const kept = name.isEncrypted ? this.seal.seal(key, answer) : copied(answer);
    const untilMs = this.clock.monotonicMs() + name.ttlMs;
    this.#entries.set(key, { answer: kept, untilMs, begun: flight.begun }, weightOf(key, kept));
  }

  #keyOf({ key, isEncrypted }: CacheName): string {
    return isEncrypted ? this.seal.nameOf(key) : key;
  }

  #opened(key: string, kept: KeptAnswer): CachedAnswer {
    return kept instanceof Uint8Array ? this.seal.open(key, kept) : kept;
  }
}

/** Bytes of their own: those that came may be a small part of a large buffer. */
function copied({ status, headers, body }: CachedAnswer): CachedAnswer {
  return { status, headers: [...headers], body: body && new Uint8Array(body) };
}

function weightOf(key: string, kept: KeptAnswer): number {
  const own = ENTRY_BYTES + 2 * key.length;
  if (kept instanceof Uint8Array) return own + kept.length;
  const texts = kept.headers.reduce((sum, text) => sum + 2 * text.length, 0);
  return own + texts + (kept.body?.length ?? 0);
}
