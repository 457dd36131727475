import type { CachedAnswer, CacheFind, CacheLease, CacheName, Clock } from "@/server/gateway/ports";
import { WeightedLru } from "@/server/toolkit/weighted-lru";
import { weightOf } from "./answer-weight";
import type { AnswerSeal, KeptAnswer } from "./sealed-answers";

type Entry = { readonly answer: KeptAnswer; readonly untilMs: number; readonly begun: number };

/** An answer that is being made; `begun` is also its lease. */
export type Flight = {
  readonly begun: CacheLease;
  readonly key: string;
  readonly name: CacheName;
  readonly waiting: ((answer: CachedAnswer | null) => void)[];
};

export type StageAnswersParts = {
  readonly clock: Pick<Clock, "monotonicMs">;
  readonly seal: AnswerSeal;
  /** Numbers a flight and remembers it until it lands. */
  begin(flight: Omit<Flight, "begun">): Flight;
};

/** The answers one stage keeps, and those that are being made. */
export class StageAnswers {
  readonly #entries: WeightedLru<string, Entry>;
  readonly #flights = new Map<string, Flight>();

  constructor(
    readonly sizeBytes: number,
    bound: number,
    private readonly parts: StageAnswersParts,
  ) {
    this.#entries = new WeightedLru(bound);
  }

  get bytes(): number {
    return this.#entries.weight;
  }
  get count(): number {
    return this.#entries.size;
  }

  /** Ms until an entry's time is over; 0 if there is none. */
  leftMs(name: CacheName): number {
    const entry = this.#entries.get(this.#keyOf(name));
    return entry ? Math.max(0, entry.untilMs - this.parts.clock.monotonicMs()) : 0;
  }

  find(name: CacheName): CacheFind | Promise<CacheFind> {
    const key = this.#keyOf(name);
    const entry = this.#entries.get(key);
    if (entry) {
      if (entry.untilMs > this.parts.clock.monotonicMs()) return { answer: this.#opened(key, entry.answer) };
      this.#entries.delete(key);
    }
    const flight = this.#flights.get(key);
    if (!flight) return { lease: this.#begin(key, name) };
    return new Promise((resolve) => {
      flight.waiting.push((answer) => resolve(answer ? { answer } : { lease: this.#alone(key, name) }));
    });
  }

  replace(name: CacheName): CacheLease {
    const key = this.#keyOf(name);
    this.#entries.delete(key);
    return this.#begin(key, name);
  }

  /** The end of a flight: with its answer, or with nothing to keep. */
  land(flight: Flight, answer: CachedAnswer | null): void {
    const { key, waiting } = flight;
    if (answer) this.#keep(flight, answer);
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    for (const tell of waiting) tell(answer);
  }

  forgetOldest(): void {
    this.#entries.deleteOldest();
  }

  #begin(key: string, name: CacheName): CacheLease {
    const flight = this.parts.begin({ key, name, waiting: [] });
    this.#flights.set(key, flight);
    return flight.begun;
  }

  /** Of somebody who waited in vain, and for whom nobody waits. */
  #alone(key: string, name: CacheName): CacheLease {
    return this.parts.begin({ key, name, waiting: [] }).begun;
  }

  /** What was asked for earlier never replaces what was asked for later, nor an entry that is being made anew. */
  #keep({ key, name, begun }: Flight, answer: CachedAnswer): void {
    const later = Math.max(this.#flights.get(key)?.begun ?? 0, this.#entries.get(key)?.begun ?? 0);
    if (later > begun) return;
    const kept = name.isEncrypted ? this.parts.seal.seal(key, answer) : copied(answer);
    const untilMs = this.parts.clock.monotonicMs() + name.ttlMs;
    this.#entries.set(key, { answer: kept, untilMs, begun }, weightOf(key, kept));
  }

  #keyOf({ key, isEncrypted }: CacheName): string {
    return isEncrypted ? this.parts.seal.nameOf(key) : key;
  }

  #opened(key: string, kept: KeptAnswer): CachedAnswer {
    return kept instanceof Uint8Array ? this.parts.seal.open(key, kept) : kept;
  }
}

/** Bytes of their own: those that came may be a small part of a large buffer. */
function copied({ status, headers, body }: CachedAnswer): CachedAnswer {
  return { status, headers: [...headers], body: body && new Uint8Array(body) };
}
