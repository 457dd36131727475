import type { CacheFind, CacheLease, CacheName, Clock, ResponseCache } from "@/server/gateway/ports";
import { AnswerSeal } from "./sealed-answers";
import { StageAnswers } from "./stage-answers";

/** 256 MB for all stages of a node together. */
const DEFAULT_CACHE_BYTES = 268_435_456;

/**
 * The ResponseCache port in memory, a node's own. Stages share the node's bytes as their sizes (`cacheClusterSize`) stand
 * to each other, and none keeps more than its size: one busy stage does not push out another's answers.
 */
export class MemoryResponseCache implements ResponseCache {
  readonly #stages = new Map<string, StageAnswers>();
  readonly #seal = new AnswerSeal();

  constructor(
    private readonly clock: Pick<Clock, "monotonicMs">,
    private readonly maxBytes = DEFAULT_CACHE_BYTES,
  ) {}

  find(name: CacheName): CacheFind | Promise<CacheFind> {
    return this.#answersOf(name).find(name);
  }

  replace(name: CacheName): CacheLease {
    return this.#answersOf(name).replace(name);
  }

  /** Forgets what a stage (`apiId/stageName`) has kept; answers that are being made are not kept either. */
  clear(stage: string): void {
    if (this.#stages.delete(stage)) this.#share();
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

  #answersOf({ stage, sizeBytes }: CacheName): StageAnswers {
    const known = this.#stages.get(stage);
    if (known?.sizeBytes === sizeBytes) return known;
    // Another size is another cache: what was kept is lost (developer guide, API caching).
    const answers = new StageAnswers(sizeBytes, this.clock, this.#seal);
    this.#stages.set(stage, answers);
    this.#share();
    return answers;
  }

  #share(): void {
    let total = 0;
    for (const { sizeBytes } of this.#stages.values()) total += sizeBytes;
    const share = Math.min(1, this.maxBytes / total);
    for (const answers of this.#stages.values()) answers.bound = Math.floor(answers.sizeBytes * share);
  }
}
