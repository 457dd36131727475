import type {
  CachedAnswer,
  CacheFind,
  CacheLease,
  CacheName,
  Clock,
  ResponseCache,
} from "@/server/gateway/ports";
import { AnswerSeal } from "./sealed-answers";
import { type Flight, StageAnswers, type StageAnswersParts } from "./stage-answers";

/** 256 MB for all stages of a node together. */
const DEFAULT_CACHE_BYTES = 268_435_456;

type Open = { readonly answers: StageAnswers; readonly flight: Flight };

/**
 * The ResponseCache port in memory, a node's own. No stage keeps more than its size (`cacheClusterSize`), all together
 * no more than the node's bytes; where these are used up, the stage that holds most gives way, so that a busy stage does
 * not push out what small ones keep.
 */
export class MemoryResponseCache implements ResponseCache {
  readonly #stages = new Map<string, StageAnswers>();
  readonly #open = new Map<CacheLease, Open>();
  readonly #seal = new AnswerSeal();
  #begun = 0;

  constructor(
    private readonly clock: Pick<Clock, "monotonicMs">,
    private readonly maxBytes = DEFAULT_CACHE_BYTES,
  ) {}

  find(name: CacheName): CacheFind | Promise<CacheFind> {
    return this.#answersOf(name).find(name);
  }

  /** How long what `find` gives may still be kept elsewhere, in ms. */
  leftMs(name: CacheName): number {
    return this.#answersOf(name).leftMs(name);
  }

  replace(name: CacheName): CacheLease {
    return this.#answersOf(name).replace(name);
  }

  keep(lease: CacheLease, answer: CachedAnswer): void {
    this.#settle(lease, answer);
    this.#shrink();
  }

  release(lease: CacheLease): void {
    this.#settle(lease, null);
  }

  /** Forgets what a stage (`apiId/stageName`) has kept; answers that are being made are not kept either. */
  clear(stage: string): void {
    this.#stages.delete(stage);
  }

  /** For Prometheus. */
  get held(): { bytes: number; entries: number } {
    let bytes = 0;
    let entries = 0;
    for (const answers of this.#stages.values()) {
      bytes += answers.bytes;
      entries += answers.count;
    }
    return { bytes, entries };
  }

  #settle(lease: CacheLease, answer: CachedAnswer | null): void {
    const open = this.#open.get(lease);
    if (!open) return;
    this.#open.delete(lease);
    // Those who waited get it even where the stage was cleared meanwhile; it lies in what nobody asks any more then.
    open.answers.land(open.flight, answer);
  }

  #answersOf({ stage, sizeBytes }: CacheName): StageAnswers {
    const known = this.#stages.get(stage);
    if (known?.sizeBytes === sizeBytes) return known;
    // Another size is another cache: what was kept is lost (developer guide, API caching).
    const parts: StageAnswersParts = {
      clock: this.clock,
      seal: this.#seal,
      begin: (begun) => {
        const flight = { ...begun, begun: ++this.#begun };
        this.#open.set(flight.begun, { answers, flight });
        return flight;
      },
    };
    const answers = new StageAnswers(sizeBytes, Math.min(sizeBytes, this.maxBytes), parts);
    this.#stages.set(stage, answers);
    return answers;
  }

  #shrink(): void {
    let excess = this.held.bytes - this.maxBytes;
    while (excess > 0) {
      const largest = this.#largest();
      const before = largest.bytes;
      largest.forgetOldest();
      excess -= before - largest.bytes;
    }
  }

  #largest(): StageAnswers {
    return [...this.#stages.values()].reduce((most, other) => (other.bytes > most.bytes ? other : most));
  }
}
