import net from "node:net";
import { listenOn } from "../listeners/listen-on";
import { ClientConnection, type ClientRequest, type ConnectionSecurity } from "./client-connection";

export type ServerTimes = {
  /** How long an idle connection is kept. */
  idleMs: number;
  /** How long a request may stand still; also how long a client may leave its answer unread. */
  standstillMs: number;
  /** For request line and header fields. */
  headersMs: number;
  /** For the whole request. */
  requestMs: number;
  /** How often idle connections and the two above are looked after. */
  checkEveryMs: number;
};

const READ_BUFFER_BYTES = 65_536;
/**
 * All clients are read into one buffer: what is read is used up, or copied, before the next read. Windows hands buffers to
 * the system ahead of time, so there each read has its own.
 */
const sharedBuffer = process.platform === "win32" ? null : Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);

/** An HTTP/1.x server on plain TCP. It is not listening before `listen`. */
export class HttpServer {
  readonly #connections = new Set<ClientConnection>();
  readonly #server: net.Server;
  readonly #sweep: NodeJS.Timeout;
  /** Set when no more is taken: called when the last connection is closed. */
  #onEmpty: (() => void) | null = null;

  constructor(
    private readonly onRequest: (request: ClientRequest) => void,
    private readonly times: ServerTimes,
  ) {
    this.#server = net.createServer(
      { allowHalfOpen: true, noDelay: true, pauseOnConnect: sharedBuffer !== null },
      (socket) => this.accept(socket),
    );
    // After what has come meanwhile is read: a process that was busy must not blame its clients.
    this.#sweep = setInterval(() => setImmediate(() => this.#checkTimes()), times.checkEveryMs);
    this.#sweep.unref();
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /** Resolves to the port; rejects if it cannot be had. */
  listen(port: number, host: string): Promise<number> {
    return listenOn(this.#server, port, host);
  }

  /**
   * Takes no new connections, lets requests end, and resolves when the last connection is closed; what is left after
   * `drainMs` is cut off.
   */
  async close(drainMs: number): Promise<void> {
    // After what has come meanwhile is accepted: the system resets what still waits.
    await new Promise((resolve) => setImmediate(resolve));
    this.#server.close();
    for (const connection of this.#connections) if (connection.isIdle) connection.destroy();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        for (const connection of this.#connections) connection.destroy();
      }, drainMs);
      this.#onEmpty = () => {
        clearTimeout(timer);
        clearInterval(this.#sweep);
        resolve();
      };
      if (this.#connections.size === 0) this.#onEmpty();
    });
  }

  /** Serves a connection that nothing was read from yet. */
  accept(accepted: net.Socket, onClosed: () => void = () => undefined): void {
    let connection: ClientConnection | null = null;
    const socket = sharedBuffer
      ? socketWithBuffer(accepted, sharedBuffer, (bytes) => connection?.take(bytes, true))
      : accepted;
    connection = this.#serve(socket, null, onClosed);
    const taker = connection;
    if (socket === accepted) socket.on("data", (bytes: Buffer) => taker.take(bytes, false));
    socket.resume();
  }

  /** Serves a connection that was made elsewhere: one with TLS. */
  adopt(socket: net.Socket, security: ConnectionSecurity): void {
    if (this.#onEmpty) {
      socket.destroy();
      return;
    }
    const connection = this.#serve(socket, security);
    socket.on("data", (bytes: Buffer) => connection.take(bytes, false));
  }

  #serve(
    socket: net.Socket,
    security: ConnectionSecurity | null,
    onClosed: () => void = () => undefined,
  ): ClientConnection {
    socket.setTimeout(this.times.standstillMs, () => socket.destroy());
    const owner = {
      onRequest: this.onRequest,
      onClose: (closed: ClientConnection) => {
        this.#connections.delete(closed);
        onClosed();
        if (this.#connections.size === 0) this.#onEmpty?.();
      },
    };
    const connection = new ClientConnection(socket, owner, security);
    this.#connections.add(connection);
    return connection;
  }

  #checkTimes(): void {
    const now = performance.now();
    for (const connection of this.#connections) connection.checkTimes(now, this.times);
  }
}

/**
 * The connection of `accepted` as a socket that reads into a given buffer, which Node offers for outgoing connections only
 * (`onread`); accepted ones would make a new buffer for each read, which costs as much as the rest of it. Where the handle
 * cannot be had the socket stays as it is.
 */
function socketWithBuffer(
  accepted: net.Socket,
  buffer: Buffer,
  onBytes: (bytes: Buffer) => void,
): net.Socket {
  const holder = accepted as unknown as { _handle: unknown };
  const handle = holder._handle;
  if (!handle) return accepted;
  holder._handle = null;
  const options = {
    handle,
    allowHalfOpen: true,
    onread: {
      buffer,
      callback: (length: number) => {
        onBytes(buffer.subarray(0, length));
        return true;
      },
    },
  };
  const socket = new net.Socket(options as net.SocketConstructorOpts);
  // It has no handle any more: this only tells the server that it is gone.
  accepted.destroy();
  return socket;
}
