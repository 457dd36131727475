/**
 * Rows that wait to be stored: one of a name, to which later ones of that name are added, since one statement can add to
 * a stored row only once. Beyond `max` the oldest are dropped.
 */
export class WaitingRows<T> {
  #rows = new Map<string, T>();
  dropped = 0;

  constructor(
    private readonly parts: {
      readonly max: number;
      readonly nameOf: (row: T) => string;
      /** Adds `more` to `row`. */
      readonly add: (row: T, more: T) => void;
    },
  ) {}

  get size(): number {
    return this.#rows.size;
  }

  put(row: T): void {
    const name = this.parts.nameOf(row);
    const before = this.#rows.get(name);
    if (before) {
      this.parts.add(before, row);
      return;
    }
    this.#rows.set(name, row);
    if (this.#rows.size <= this.parts.max) return;
    const [oldest] = this.#rows.keys();
    this.#rows.delete(oldest as string);
    this.dropped++;
  }

  take(): T[] {
    const rows = [...this.#rows.values()];
    this.#rows = new Map();
    return rows;
  }

  /** Takes rows back that could not be stored: they are the oldest. */
  restore(rows: readonly T[]): void {
    const newer = this.take();
    for (const row of rows) this.put(row);
    for (const row of newer) this.put(row);
  }
}
