import type { AuthorizerCache, Clock } from "@/server/gateway/ports";
import { LruCache } from "@/server/toolkit/lru";

type Kept = { readonly stage: string; readonly value: object; readonly untilMs: number };

/** The AuthorizerCache port in memory: the least recently used decisions are forgotten first. */
export class MemoryAuthorizerCache implements AuthorizerCache {
  readonly #kept: LruCache<string, Kept>;
  readonly #pending = new Map<string, Promise<object>>();
  /** How often each stage was cleared: what was asked before must not be kept after. */
  readonly #generations = new Map<string, number>();

  constructor(
    private readonly clock: Pick<Clock, "monotonicMs">,
    capacity = 10_000,
  ) {
    this.#kept = new LruCache(capacity);
  }

  get<T extends object>(
    { stage, key, ttlMs }: { stage: string; key: string; ttlMs: number },
    make: () => Promise<string>,
    read: (text: string) => T,
  ): T | Promise<T> {
    const generation = this.#generations.get(stage) ?? 0;
    const name = `${stage} ${generation} ${key}`;
    const kept = this.#kept.get(name);
    if (kept && kept.untilMs > this.clock.monotonicMs()) return kept.value as T;
    const pending = this.#pending.get(name);
    if (pending) return pending as Promise<T>;
    const made = make()
      .then((text) => {
        const value = read(text);
        this.#kept.set(name, { stage, value, untilMs: this.clock.monotonicMs() + ttlMs });
        return value;
      })
      .finally(() => this.#pending.delete(name));
    this.#pending.set(name, made);
    return made;
  }

  /** Forgets every decision of a stage (`apiId/stageName`), also those being asked for. */
  clear(stage: string): void {
    this.#generations.set(stage, (this.#generations.get(stage) ?? 0) + 1);
  }
}
