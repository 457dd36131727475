import type { StageSlot } from "./stage-slot";

const DEFAULT_MAX_COMPILED = 2_000;

/**
 * What this node serves: one slot per API stage. Slots are swapped whole, so a request that holds a RuntimeApi
 * finishes on it. Compiled programs beyond `maxCompiled` are forgotten, least recently used first; they are
 * compiled again when asked for.
 */
export class RuntimeHolder {
  readonly #apis = new Map<string, Map<string, StageSlot>>();
  readonly #compiled = new Set<StageSlot>();

  constructor(private readonly maxCompiled = DEFAULT_MAX_COMPILED) {}

  find(apiId: string, stageName: string): StageSlot | undefined {
    const slot = this.#apis.get(apiId)?.get(stageName);
    if (slot) slot.usedAt = ++clock;
    return slot;
  }

  put(slot: StageSlot): void {
    const { apiId, stageName } = slot.record;
    let stages = this.#apis.get(apiId);
    if (!stages) {
      stages = new Map();
      this.#apis.set(apiId, stages);
    }
    const before = stages.get(stageName);
    stages.set(stageName, slot);
    if (before) this.#compiled.delete(before);
    slot.onCompiled = () => this.#noteCompiled(slot);
    if (slot.isCompiled) this.#noteCompiled(slot);
  }

  remove(apiId: string, stageName: string): void {
    const stages = this.#apis.get(apiId);
    const slot = stages?.get(stageName);
    if (!slot) return;
    this.#compiled.delete(slot);
    stages?.delete(stageName);
    if (stages?.size === 0) this.#apis.delete(apiId);
  }

  stagesOf(apiId: string): StageSlot[] {
    return [...(this.#apis.get(apiId)?.values() ?? [])];
  }

  all(): StageSlot[] {
    return [...this.#apis.values()].flatMap((stages) => [...stages.values()]);
  }

  get compiledCount(): number {
    return this.#compiled.size;
  }

  #noteCompiled(slot: StageSlot): void {
    this.#compiled.add(slot);
    if (this.#compiled.size <= this.maxCompiled) return;
    let oldest: StageSlot | null = null;
    // Of those that were never asked for, the one compiled first.
    for (const other of this.#compiled)
      if (other !== slot && (oldest === null || other.usedAt < oldest.usedAt)) oldest = other;
    if (oldest === null) return;
    oldest.forget();
    this.#compiled.delete(oldest);
  }
}

let clock = 0;
