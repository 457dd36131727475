import type { QuotaCount } from "./quota-ledger";

/** Keeps what is reserved where it outlives the process. */
export type QuotaJournal = {
  /** Null if it cannot: then what a killed gateway held stays counted as used. */
  begin(planId: string, keyId: string, startMs: number): JournalEntry | null;
  /** All grants up to this step are in their entries. */
  receivedAll(step: number): void;
};

/** What the database has of what was held. Totals since the entry began. */
export type SettledTotals = { readonly counted: number; readonly givenBack: number };

/** One period of one quota. All numbers are totals since the entry began. */
export type JournalEntry = {
  /** Granted so far, by which step last. */
  hold(held: number, step: number): void;
  /** At most so many of these are used: told before they are. */
  spend(spent: number): void;
  /** `after` is true once the database has applied this step of counts, `before` until then. */
  settle(before: SettledTotals, after: SettledTotals, step: number): void;
  end(): void;
};

/** The journal is told of uses in steps of a 32nd of a block: so many at most are lost with a killed gateway. */
const JOURNAL_STEPS = 32;
const NOTHING: SettledTotals = { counted: 0, givenBack: 0 };

/** What one process holds of one quota in one period, and how much of that the database knows. */
export class QuotaHolding {
  /** At hand. */
  left = 0;
  /** Used without a reservation since the last `settle`. */
  extra = 0;
  /** Since the entry began. What is held is left, spent or released. */
  #held = 0;
  #spent = 0;
  #released = 0;
  #told = 0;
  /** With the step under way applied. */
  #settled = NOTHING;
  #entry: JournalEntry | null = null;

  constructor(
    readonly startMs: number,
    private readonly begin: () => JournalEntry | null,
  ) {}

  /** Used and in no step of counts yet. */
  get uncounted(): number {
    return this.#spent - this.#settled.counted;
  }

  /** True if nothing of it is missing in the database once the step under way is applied. */
  get isSettled(): boolean {
    return this.extra === 0 && this.#held === this.#settled.counted + this.#settled.givenBack;
  }

  /** True if it is as a new one would be. */
  get isEmpty(): boolean {
    return this.extra === 0 && this.#held === 0;
  }

  hold(granted: number, step: number): void {
    this.left += granted;
    this.#held += granted;
    this.#entry ??= this.begin();
    this.#entry?.hold(this.#held, step);
  }

  spend(blockSize: number): void {
    this.left--;
    if (++this.#spent > this.#told) {
      this.#told = this.#spent - 1 + Math.ceil(blockSize / JOURNAL_STEPS);
      this.#entry?.spend(this.#told);
    }
  }

  /** Undoes a use. */
  undo(): void {
    if (this.uncounted === 0) {
      this.extra--;
      return;
    }
    this.#spent--;
    this.left++;
  }

  /** Goes back with the next step. */
  release(count: number): void {
    this.left -= count;
    this.#released += count;
  }

  /** What is new since the step before, which has been applied. Null if nothing is. */
  settle(step: number): QuotaCount | null {
    const before = this.#settled;
    const after = { counted: this.#spent, givenBack: this.#released };
    const count = {
      startMs: this.startMs,
      spent: after.counted - before.counted,
      extra: this.extra,
      returned: after.givenBack - before.givenBack,
    };
    this.extra = 0;
    if (count.spent > 0 || count.returned > 0) {
      this.#settled = after;
      this.#entry?.settle(before, after, step);
    } else if (this.isSettled) this.#end();
    return count.spent > 0 || count.returned > 0 || count.extra !== 0 ? count : null;
  }

  #end(): void {
    this.#entry?.end();
    this.#entry = null;
    this.#held = 0;
    this.#spent = 0;
    this.#released = 0;
    this.#told = 0;
    this.#settled = NOTHING;
  }
}
