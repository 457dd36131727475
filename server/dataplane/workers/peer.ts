/** What one side may ask of the other: names with what goes and what comes back, plain values and bytes. */
export type Calls = { readonly [name: string]: { input: unknown; output: unknown } };
export type HandlersOf<C extends Calls> = {
  readonly [K in keyof C]: (input: C[K]["input"]) => C[K]["output"] | Promise<C[K]["output"]>;
};

/** Everything of one turn of the event loop goes in one message. Number 0 wants no answer. */
export type Frame = {
  readonly calls: [number: number, name: string, input: unknown][];
  readonly answers: [number: number, output: unknown, failure?: string][];
};

type Waiting = {
  resolve: (output: never) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout | null;
};

export class PeerError extends Error {
  override name = "PeerError";
}

/** One end of a channel between two processes: typed questions and answers, in their order. */
export class Peer<Theirs extends Calls, Ours extends Calls> {
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;
  #frame: Frame | null = null;
  #isClosed = false;

  constructor(
    private readonly send: (frame: Frame) => void,
    private readonly handlers: HandlersOf<Ours>,
  ) {}

  /** Rejects if the other side fails, is gone, or has not answered in time. */
  call<K extends keyof Theirs & string>(
    name: K,
    input: Theirs[K]["input"],
    patienceMs: number | null = 1_000,
  ): Promise<Theirs[K]["output"]> {
    if (this.#isClosed) return Promise.reject(new PeerError("the other process is gone"));
    const number = ++this.#number;
    return new Promise((resolve, reject) => {
      const timer =
        patienceMs === null
          ? null
          : setTimeout(() => {
              this.#waiting.delete(number);
              reject(new PeerError(`no answer to ${name}`));
            }, patienceMs);
      this.#waiting.set(number, { resolve, reject, timer });
      this.#next().calls.push([number, name, input]);
    });
  }

  /** Wants no answer. */
  tell<K extends keyof Theirs & string>(name: K, input: Theirs[K]["input"]): void {
    if (!this.#isClosed) this.#next().calls.push([0, name, input]);
  }

  receive({ calls, answers }: Frame): void {
    for (const [number, output, failure] of answers) this.#settle(number, output, failure);
    for (const [number, name, input] of calls) this.#answer(number, name, input);
  }

  /** Sends what waits for the end of the turn. */
  flush(): void {
    const frame = this.#frame;
    this.#frame = null;
    if (frame && !this.#isClosed) this.send(frame);
  }

  /** The other side is gone. */
  close(): void {
    this.#isClosed = true;
    for (const [number] of this.#waiting) this.#settle(number, null, "the other process is gone");
  }

  #next(): Frame {
    if (this.#frame === null) {
      this.#frame = { calls: [], answers: [] };
      setImmediate(() => this.flush());
    }
    return this.#frame;
  }

  #settle(number: number, output: unknown, failure: string | undefined): void {
    const waiting = this.#waiting.get(number);
    if (!waiting) return;
    this.#waiting.delete(number);
    if (waiting.timer) clearTimeout(waiting.timer);
    if (failure === undefined) waiting.resolve(output as never);
    else waiting.reject(new PeerError(failure));
  }

  #answer(number: number, name: string, input: unknown): void {
    const reply = (output: unknown, failure?: string) => {
      if (number !== 0 && !this.#isClosed)
        this.#next().answers.push(failure === undefined ? [number, output] : [number, null, failure]);
    };
    try {
      const output = this.handlers[name]?.(input as never);
      if (output instanceof Promise) output.then(reply, (error) => reply(null, String(error)));
      else reply(output ?? null);
    } catch (error) {
      reply(null, String(error));
    }
  }
}
