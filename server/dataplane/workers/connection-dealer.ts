import type net from "node:net";
import type { DoorName, HandOver } from "./protocol";

/** A worker that takes connections. */
export type Seat = {
  send(handOver: HandOver, socket: net.Socket): void;
};

type Dealt = { readonly socket: net.Socket; readonly door: DoorName; readonly seat: Seat };

/**
 * Gives each connection to the worker that has the fewest. A connection stays here until its worker says that it has it,
 * which it does before it reads: what a killed worker had not taken yet goes to another one, and no client notices.
 */
export class ConnectionDealer {
  readonly #open = new Map<Seat, number>();
  readonly #dealt = new Map<number, Dealt>();
  /** No worker is there at the moment. */
  #queue: Pick<Dealt, "socket" | "door">[] = [];
  #number = 0;
  #onSettled: (() => void) | null = null;

  add(seat: Seat): void {
    this.#open.set(seat, 0);
    const queue = this.#queue;
    this.#queue = [];
    for (const { socket, door } of queue) this.deal(socket, door);
  }

  /** The worker gets no more; `isGone`: nor has it what it has not taken yet. */
  remove(seat: Seat, isGone: boolean): void {
    this.#open.delete(seat);
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
    let best: Seat | null = null;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [seat, open] of this.#open) {
      if (open >= fewest) continue;
      best = seat;
      fewest = open;
    }
    if (best === null) {
      this.#queue.push({ socket, door });
      return;
    }
    // The next one of several with as many comes first then.
    this.#open.delete(best);
    this.#open.set(best, fewest + 1);
    const connection = ++this.#number;
    this.#dealt.set(connection, { socket, door, seat: best });
    best.send({ connection, door }, socket);
  }

  accepted(connection: number): void {
    this.#dealt.get(connection)?.socket.destroy();
    this.#dealt.delete(connection);
    this.#settle();
  }

  closed(seat: Seat, count: number): void {
    const open = this.#open.get(seat);
    if (open !== undefined) this.#open.set(seat, open - count);
  }

  /** Resolves when workers have taken all that was given to them. */
  async settled(): Promise<void> {
    if (this.#dealt.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onSettled = resolve;
    });
  }

  #settle(): void {
    if (this.#dealt.size === 0) this.#onSettled?.();
  }
}
