import { RunClosedError } from "@/server/db/dataplane/reserve-quota";
import type { Clock } from "@/server/gateway/ports";
import type { QuotaAccount } from "./quota-account";
import type { QuotaJournal } from "./quota-holding";
import type { MissedGrant, QuotaLedger } from "./quota-ledger";

/** A request waits no longer than this for a reservation, and for this long nobody asks a ledger that failed. */
const PATIENCE_MS = 1_000;

type Answer = {
  promise: Promise<number | null>;
  resolve: (answeredAtMs: number | null) => void;
  timer: NodeJS.Timeout;
};

/**
 * Fetches blocks for accounts: one question to the ledger at a time, with all accounts that came meanwhile in the next.
 */
export class QuotaReservations {
  #waiting = new Map<QuotaAccount, Answer>();
  #asked = new Map<QuotaAccount, Answer>();
  /** Until nobody waits. */
  #asking: Promise<void> | null = null;
  /** Questions are numbered; up to `done` all that was granted has been received. */
  #step = 0;
  #done = 0;
  /** Those who asked since. */
  #owed = new Set<QuotaAccount>();
  /** Another process took this one for dead: nothing is granted any more. */
  isRunClosed = false;
  #downUntilMs = 0;
  /** For metrics. */
  readonly totals = { questions: 0, failures: 0 };

  constructor(
    private readonly ledger: QuotaLedger,
    private readonly clock: Clock,
    readonly journal: QuotaJournal | null = null,
  ) {}

  /**
   * Asks for a block, once for everybody who waits for this account. Gives the time of day at which the answer came,
   * null if none came: the account has its block then, late answers included.
   */
  fetch(account: QuotaAccount): Promise<number | null> {
    const known = this.#waiting.get(account) ?? this.#asked.get(account);
    if (known) return known.promise;
    if (this.clock.monotonicMs() < this.#downUntilMs) return Promise.resolve(null);
    const answer = this.#answerFor(account);
    this.#waiting.set(account, answer);
    this.#asking ??= this.#run();
    return answer.promise;
  }

  /** Waits for the question under way, and asks for what was granted in those whose answers never came. */
  async recall(): Promise<void> {
    await this.#asking;
    if (this.#owed.size === 0 || this.#asking) return;
    this.#asking = this.#ask().then(() => this.#run());
    await this.#asking;
  }

  /** True while something may have been granted to this account that it does not know of. */
  owes(account: QuotaAccount): boolean {
    return this.#owed.has(account);
  }

  /** True if all that was granted has been received. */
  get isSettled(): boolean {
    return this.#owed.size === 0;
  }

  #answerFor(account: QuotaAccount): Answer {
    let resolve: Answer["resolve"] = () => undefined;
    const promise = new Promise<number | null>((settle) => {
      resolve = settle;
    });
    const timer = setTimeout(() => {
      this.#downUntilMs = this.clock.monotonicMs() + PATIENCE_MS;
      this.#waiting.delete(account);
      this.#asked.delete(account);
      resolve(null);
    }, PATIENCE_MS);
    return { promise, resolve, timer };
  }

  async #run(): Promise<void> {
    // The requests of one turn of the event loop ask together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.size > 0) {
      this.#asked = this.#waiting;
      this.#waiting = new Map();
      await this.#ask();
    }
    this.#asking = null;
  }

  async #ask(): Promise<void> {
    const accounts = [...this.#asked.keys()];
    const asks = accounts.map((account) => account.ask(this.clock.nowMs()));
    this.totals.questions++;
    let answeredAtMs: number | null = null;
    try {
      const step = ++this.#step;
      for (const account of accounts) this.#owed.add(account);
      const { grants, missed } = await this.ledger.reserve(asks, { step, done: this.#done });
      this.#receiveLate(missed);
      answeredAtMs = this.clock.nowMs();
      const at = { step, nowMs: answeredAtMs };
      for (const [index, account] of accounts.entries()) {
        const [ask, grant] = [asks[index], grants[index]];
        if (ask && grant) account.receive(ask, grant, at);
      }
      this.#receivedAll(step);
    } catch (error) {
      this.isRunClosed ||= error instanceof RunClosedError;
      this.totals.failures++;
      this.#downUntilMs = this.clock.monotonicMs() + PATIENCE_MS;
    }
    for (const { resolve, timer } of this.#asked.values()) {
      clearTimeout(timer);
      resolve(answeredAtMs);
    }
    this.#asked = new Map();
  }

  #receiveLate(missed: readonly MissedGrant[]): void {
    for (const { planId, keyId, startMs, granted, step } of missed) {
      for (const account of this.#owed) {
        if (account.planId === planId && account.keyId === keyId) account.receiveLate(startMs, granted, step);
      }
    }
  }

  #receivedAll(step: number): void {
    this.#done = step;
    this.#owed.clear();
    this.journal?.receivedAll(step);
  }
}
