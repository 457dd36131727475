import net from "node:net";
import { listenOn } from "../listeners/listen-on";
import type { DoorName } from "./protocol";

/** Listens in the primary and gives connections to workers, unread. */
export class Door {
  readonly #server: net.Server;

  constructor(
    readonly name: DoorName,
    onConnection: (socket: net.Socket, door: DoorName) => void,
  ) {
    this.#server = net.createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) =>
      onConnection(socket, name),
    );
  }

  /** Resolves to the port; rejects if it cannot be had. */
  listen(port: number, host: string): Promise<number> {
    return listenOn(this.#server, port, host);
  }

  /** After what has come meanwhile is accepted: the system resets what still waits. */
  close(): Promise<void> {
    return new Promise((resolve) =>
      setImmediate(() => {
        this.#server.close();
        resolve();
      }),
    );
  }
}
