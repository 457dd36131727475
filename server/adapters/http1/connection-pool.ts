import { type ConnectionOwner, type Endpoint, Http1Connection } from "./connection";
import type { UpstreamCall } from "./upstream-call";

const SWEEP_MS = 1_000;

/** The connections to one origin. The one used last is used next, so that those too many grow old and are closed. */
export class ConnectionPool implements ConnectionOwner {
  readonly #open = new Set<Http1Connection>();
  readonly #idle: { connection: Http1Connection; untilMs: number }[] = [];
  readonly #waiting: UpstreamCall[] = [];
  #sweeper: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(
    readonly endpoint: Endpoint,
    private readonly maxConnections: number,
  ) {}

  /** Runs the call on a kept connection, else on a new one; waits for its turn if there are too many. */
  dispatch(call: UpstreamCall): void {
    for (let kept = this.#idle.pop(); kept !== undefined; kept = this.#idle.pop()) {
      if (kept.connection.isOpen && kept.untilMs > performance.now()) {
        kept.connection.run(call);
        return;
      }
      kept.connection.destroy();
    }
    if (this.#open.size >= this.maxConnections) this.#waiting.push(call);
    else this.#connect(call);
  }

  /** Closes what is idle and lets the rest finish. */
  close(): void {
    this.#isClosed = true;
    for (const { connection } of this.#idle.splice(0)) connection.destroy();
    this.#stopSweeping();
  }

  /** Closes everything at once; calls under way fail. */
  destroy(): void {
    this.close();
    for (const connection of this.#open) connection.destroy();
  }

  onIdle(connection: Http1Connection, keepAliveMs: number): void {
    const next = this.#nextWaiting();
    if (next) {
      connection.run(next);
    } else if (this.#isClosed) {
      connection.destroy();
    } else {
      this.#idle.push({ connection, untilMs: performance.now() + keepAliveMs });
      this.#sweeper ??= setInterval(() => this.#sweep(), SWEEP_MS).unref();
    }
  }

  onClose(connection: Http1Connection): void {
    this.#open.delete(connection);
    const place = this.#idle.findIndex((kept) => kept.connection === connection);
    if (place !== -1) this.#idle.splice(place, 1);
    const next = this.#nextWaiting();
    if (next) this.#connect(next);
  }

  onStale(call: UpstreamCall): void {
    call.mayRepeat = false;
    this.dispatch(call);
  }

  #connect(call: UpstreamCall): void {
    const connection = new Http1Connection(this.endpoint, this);
    this.#open.add(connection);
    connection.run(call);
  }

  #nextWaiting(): UpstreamCall | undefined {
    for (let call = this.#waiting.shift(); call !== undefined; call = this.#waiting.shift()) {
      if (!call.isSettled) return call;
    }
    return undefined;
  }

  #sweep(): void {
    const nowMs = performance.now();
    for (const { connection } of this.#idle.filter(({ untilMs }) => untilMs <= nowMs)) connection.destroy();
    if (this.#idle.length === 0) this.#stopSweeping();
  }

  #stopSweeping(): void {
    if (this.#sweeper) clearInterval(this.#sweeper);
    this.#sweeper = null;
  }
}
