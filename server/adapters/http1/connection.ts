import net from "node:net";
import tls from "node:tls";
import type { ByteStream } from "@/server/gateway/http-message";
import type { ClientCertificate } from "../certificates/client-certificates";
import { requestHead } from "./request-head";
import type { ResponseHead } from "./response-head";
import { ResponseReader } from "./response-reader";
import type { UpstreamCall } from "./upstream-call";
import { drained, LAST_CHUNK, writeChunk, writeMessage } from "./write-message";
import { writeSoon } from "./write-soon";

/** Where connections go, and how. */
export type Endpoint = {
  readonly host: string;
  readonly port: number;
  /** For the Host field: without the port if it is the scheme's own. */
  readonly authority: string;
  readonly isTls: boolean;
  readonly skipTlsVerification: boolean;
  /** What is shown where the other side asks for it; null: nothing. */
  readonly clientCertificate: ClientCertificate | null;
  /** The TLS session to go on with; the last one a connection got. */
  session: Buffer | undefined;
};

/** Who is told what becomes of a connection. */
export type ConnectionOwner = {
  /** It may be used again for that long. */
  onIdle(connection: Http1Connection, keepAliveMs: number): void;
  onClose(connection: Http1Connection): void;
  /** A kept connection turned out to be closed; the call has not been answered and may be sent again. */
  onStale(call: UpstreamCall): void;
};

const READ_BUFFER_BYTES = 65_536;
/**
 * All connections read into one buffer: what is read is used up before the next read. Windows hands buffers to the
 * system ahead of time, so each connection has its own there.
 */
const sharedBuffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);

/** One HTTP/1.1 connection to a back end; one call at a time. */
export class Http1Connection {
  readonly #socket: net.Socket;
  readonly #reader = new ResponseReader();
  #call: UpstreamCall | null = null;
  #isUsedAgain = false;
  #isSent = false;
  #isAnswered = false;
  #keepAliveMs = 0;
  #error: Error | null = null;

  constructor(
    private readonly endpoint: Endpoint,
    private readonly owner: ConnectionOwner,
  ) {
    const socket = this.#connect();
    this.#socket = socket;
    socket.setKeepAlive(true, 60_000);
    socket.on("error", (error) => {
      this.#error ??= error;
    });
    socket.on("timeout", () => this.#fail(new Error("nothing came for too long")));
    socket.on("end", () => this.#onEnd());
    socket.on("close", () => this.#onClose());
  }

  get isOpen(): boolean {
    return this.#socket.writable && this.#error === null;
  }

  /** Sends the call's request and tells the call what comes back. */
  run(call: UpstreamCall): void {
    this.#call = call;
    this.#isAnswered = false;
    this.#isSent = false;
    this.#reader.expect(this);
    call.onConnection(this);
    try {
      this.#send(call);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  /** Gives up whatever is going on. */
  destroy(): void {
    this.#socket.destroy();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** From now on the answer may not stand still for longer than that. */
  limitStandstill(ms: number): void {
    this.#socket.setTimeout(ms);
  }

  get method(): string {
    return this.#call?.request.method ?? "";
  }

  onHead(head: ResponseHead): void {
    this.#keepAliveMs = head.keepAliveMs;
    this.#call?.onHead(head);
  }

  onBody(bytes: Buffer): void {
    this.#call?.onBody(bytes);
  }

  onEnd(): void {
    this.#isAnswered = true;
  }

  #connect(): net.Socket {
    const { host, port, isTls, skipTlsVerification, clientCertificate, session } = this.endpoint;
    if (isTls) {
      const socket = tls.connect({
        host,
        port,
        ...(net.isIP(host) ? {} : { servername: host }),
        rejectUnauthorized: !skipTlsVerification,
        ...clientCertificate,
        ALPNProtocols: ["http/1.1"],
        ...(session ? { session } : {}),
      });
      socket.setNoDelay(true);
      socket.on("session", (fresh) => {
        this.endpoint.session = fresh;
      });
      socket.on("data", (bytes: Buffer) => this.#take(bytes));
      return socket;
    }
    const buffer = process.platform === "win32" ? Buffer.allocUnsafeSlow(READ_BUFFER_BYTES) : sharedBuffer;
    return net.connect({
      host,
      port,
      noDelay: true,
      onread: {
        buffer,
        callback: (length) => {
          this.#take(buffer.subarray(0, length));
          return true;
        },
      },
    });
  }

  #send(call: UpstreamCall): void {
    const { request } = call;
    const { body } = request;
    const { authority } = this.endpoint;
    const socket = this.#socket;
    if (body === null) {
      writeSoon(socket, requestHead(request, authority, 0));
    } else if (typeof body === "string" || body instanceof Uint8Array) {
      const bytes = typeof body === "string" ? Buffer.byteLength(body) : body.length;
      writeMessage(socket, requestHead(request, authority, bytes), body);
    } else {
      socket.write(requestHead(request, authority, null), "latin1");
      void this.#sendStream(call, body);
      return;
    }
    this.#isSent = true;
  }

  /**
   * Sends a body in chunks, at the pace the back end takes them. When the answer is complete before the body is, the rest
   * of it is left where it is: it belongs to the client's connection.
   */
  async #sendStream(call: UpstreamCall, body: ByteStream): Promise<void> {
    const socket = this.#socket;
    const chunks = body[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await chunks.next();
        if (this.#call !== call || socket.destroyed) return;
        if (done) break;
        if (value.length === 0) continue;
        if (!writeChunk(socket, value)) await drained(socket);
      }
      socket.write(LAST_CHUNK, "latin1");
      this.#isSent = true;
    } catch (error) {
      if (this.#call !== call) return;
      this.#call = null;
      call.onBodyError(error);
      socket.destroy();
    }
  }

  #take(bytes: Buffer): void {
    try {
      this.#reader.push(bytes);
    } catch (error) {
      if (!this.#isAnswered) {
        this.#fail(error as Error);
        return;
      }
      // More than was asked for: this answer is whole, but nothing after it can be trusted.
      this.#keepAliveMs = 0;
    }
    if (this.#isAnswered) this.#finish();
    else if (this.#call !== null) this.#call.onReadEnd();
    else this.#socket.destroy();
  }

  /** Only after all bytes of a read are taken: what is left over must not become another call's answer. */
  #finish(): void {
    const call = this.#call;
    this.#call = null;
    this.#isAnswered = false;
    if (call?.isStreamed) this.#socket.setTimeout(0);
    if (this.#keepAliveMs > 0 && this.#isSent && this.isOpen) {
      this.#isUsedAgain = true;
      this.owner.onIdle(this, this.#keepAliveMs);
    } else this.#socket.destroy();
    call?.onComplete();
  }

  #onEnd(): void {
    try {
      this.#reader.end();
    } catch {
      // Said once the connection is closed; then it is known whether it was a kept one.
    }
    if (this.#isAnswered) {
      this.#keepAliveMs = 0;
      this.#finish();
    }
    this.#socket.destroy();
  }

  #onClose(): void {
    this.owner.onClose(this);
    const call = this.#call;
    if (call === null) return;
    this.#call = null;
    if (this.#isUsedAgain && !this.#reader.hasBegun && call.mayRepeat) this.owner.onStale(call);
    else call.onError(this.#error ?? new Error("other side closed"));
  }

  #fail(error: Error): void {
    const call = this.#call;
    this.#call = null;
    this.#socket.destroy();
    call?.onError(error);
  }
}
