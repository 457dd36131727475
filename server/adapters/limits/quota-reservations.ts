import type { Clock } from "@/server/gateway/ports";
import type { QuotaAccount, QuotaJournal } from "./quota-account";
import type { QuotaLedger } from "./quota-ledger";

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
  #isAsking = false;
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
    if (!this.#isAsking) void this.#run();
    return answer.promise;
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
    this.#isAsking = true;
    // The requests of one turn of the event loop ask together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.size > 0) {
      this.#asked = this.#waiting;
      this.#waiting = new Map();
      await this.#ask();
    }
    this.#isAsking = false;
  }

  async #ask(): Promise<void> {
    const accounts = [...this.#asked.keys()];
    const asks = accounts.map((account) => account.ask(this.clock.nowMs()));
    this.totals.questions++;
    let answeredAtMs: number | null = null;
    try {
      const grants = await this.ledger.reserve(asks);
      answeredAtMs = this.clock.nowMs();
      for (const [index, account] of accounts.entries()) {
        const [ask, grant] = [asks[index], grants[index]];
        if (ask && grant) account.receive(ask, grant, answeredAtMs);
      }
    } catch {
      this.totals.failures++;
      this.#downUntilMs = this.clock.monotonicMs() + PATIENCE_MS;
    }
    for (const { resolve, timer } of this.#asked.values()) {
      clearTimeout(timer);
      resolve(answeredAtMs);
    }
    this.#asked = new Map();
  }
}
