import type net from "node:net";
import type { DoorName, HandOver } from "./protocol";

/** A worker that takes connections. */
export type Seat = {
  send(handOver: HandOver, socket: net.Socket): void;
};

type Dealt = { readonly socket: net.Socket; readonly door: DoorName; readonly seat: Seat };

type Load = {
  open: number;
  /** Given and not taken yet, and since when it has taken none of them. */
  untaken: number;
  idleSinceMs: number;
};

/** Connections that wait for a worker to come; further ones are closed. */
const MAX_QUEUE = 1_024;
/** A worker that has taken nothing for so long is busy with something else: others come first. */
const STALLED_MS = 50;

/**
 * Gives each connection to the worker that has the fewest. A connection stays here until its worker says that it has it,
 * which it does before it reads: what a killed worker had not taken yet goes to another one, and no client notices.
 */
export class ConnectionDealer {
  readonly #seats = new Map<Seat, Load>();
  readonly #dealt = new Map<number, Dealt>();
  /** No worker is there at the moment. */
  #queue: Pick<Dealt, "socket" | "door">[] = [];
  #number = 0;
  #onSettled: (() => void) | null = null;

  constructor(private readonly monotonicMs: () => number = () => performance.now()) {}

  add(seat: Seat): void {
    this.#seats.set(seat, { open: 0, untaken: 0, idleSinceMs: 0 });
    const queue = this.#queue;
    this.#queue = [];
    for (const { socket, door } of queue) this.deal(socket, door);
  }

  /** The worker gets no more; `isGone`: nor has it what it has not taken yet. */
  remove(seat: Seat, isGone: boolean): void {
    this.#seats.delete(seat);
    if (!isGone) return;
    for (const [number, { socket, door, seat: of }] of this.#dealt) {
      if (of !== seat) continue;
      this.#dealt.delete(number);
      this.deal(socket, door);
    }
    this.#settle();
  }

  deal(socket: net.Socket, door: DoorName): void {
    // A client that is gone before anybody listens to it.
    socket.on("error", () => undefined);
    const nowMs = this.monotonicMs();
    const best = this.#best(nowMs);
    if (best === null) {
      if (this.#queue.length < MAX_QUEUE) this.#queue.push({ socket, door });
      else socket.destroy();
      return;
    }
    const { seat, load } = best;
    load.open++;
    if (load.untaken++ === 0) load.idleSinceMs = nowMs;
    // The next one of several with as many comes first then.
    this.#seats.delete(seat);
    this.#seats.set(seat, load);
    const connection = ++this.#number;
    this.#dealt.set(connection, { socket, door, seat });
    seat.send({ connection, door }, socket);
  }

  accepted(connection: number): void {
    const dealt = this.#dealt.get(connection);
    if (!dealt) return;
    dealt.socket.destroy();
    this.#dealt.delete(connection);
    const load = this.#seats.get(dealt.seat);
    if (load) {
      load.untaken--;
      load.idleSinceMs = this.monotonicMs();
    }
    this.#settle();
  }

  closed(seat: Seat, count: number): void {
    const load = this.#seats.get(seat);
    if (load) load.open -= count;
  }

  /** Resolves when workers have taken all that was given to them. */
  async settled(): Promise<void> {
    if (this.#dealt.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onSettled = resolve;
    });
  }

  #best(nowMs: number): { seat: Seat; load: Load } | null {
    let best: { seat: Seat; load: Load } | null = null;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [seat, load] of this.#seats) {
      const isStalled = load.untaken > 0 && nowMs - load.idleSinceMs > STALLED_MS;
      const weight = load.open + (isStalled ? 1e9 : 0);
      if (weight >= fewest) continue;
      best = { seat, load };
      fewest = weight;
    }
    return best;
  }

  #settle(): void {
    if (this.#dealt.size === 0) this.#onSettled?.();
  }
}
