import { STATUS_CODES } from "node:http";
import type net from "node:net";
import { writeMessage } from "@/server/adapters/http1/write-message";
import { writeSoon } from "@/server/adapters/http1/write-soon";
import { type AnswerBody, closeBody, type PresentedCertificate } from "@/server/gateway/http-message";
import { type AnswerFraming, answerHead } from "./answer-head";
import { clientGone, IncomingBody } from "./incoming-body";
import { checkPartialHead, parseRequestHead, RequestFault, type RequestHead } from "./request-head";
import { hasNoBody, writeStream } from "./write-answer";

/** How long what a refused client still sends is taken in, so that it finds the answer and no reset. */
const LINGER_MS = 1_000;
/** A client that does not take its answers gets no further ones. */
const UNSENT_BYTES = 65_536;
const HEAD_END = "\r\n\r\n";

/** An answer to a request; `close`: it is the connection's last. */
export type ConnectionAnswer = {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: AnswerBody;
  readonly close?: boolean;
};

/** One request of a connection, until it is answered. */
export type ClientRequest = {
  readonly head: RequestHead;
  /** Null: it has none. */
  readonly body: IncomingBody | null;
  readonly connection: ClientConnection;
};

/** What TLS says of a connection. */
export type ConnectionSecurity = {
  /** The custom domain name whose certificate was shown and whose truststore was asked; null: the gateway's own. */
  readonly domainName: string | null;
  /** What the client's certificate was held against; null: nothing. */
  readonly truststore: string | null;
  /** The client's, verified. */
  readonly clientCertificate: PresentedCertificate | null;
};

/** Who serves a connection's requests. */
export type ConnectionOwner = {
  /** To be answered by `connection.answer`, once. */
  onRequest(request: ClientRequest): void;
  onClose(connection: ClientConnection): void;
};

/** Takes HTTP/1.x requests from one client, one after the other, and writes their answers. */
export class ClientConnection {
  /** What the client is to do next, and since when, in ms of the monotonic clock. "served": to wait. */
  #phase: "head" | "body" | "served" | "idle" = "head";
  #since = performance.now();
  /** Bytes nobody has read yet. */
  #input: Buffer | null = null;
  #at = 0;
  /** The input lies in a buffer that is used again after this read. */
  #isInputShared = false;
  #request: ClientRequest | null = null;
  #isReading = false;
  #isClosing = false;
  #isEnded = false;
  #isPaused = false;
  #isBodyHeld = false;
  #hasAskedForBody = false;
  #onCancel: (() => void) | null = null;
  #sourceIp: string | null = null;

  constructor(
    readonly socket: net.Socket,
    private readonly owner: ConnectionOwner,
    /** Null: the connection is not encrypted. */
    readonly security: ConnectionSecurity | null = null,
  ) {
    socket.on("end", () => this.#onEnd());
    socket.on("close", () => this.#onClose());
    // What becomes of the connection is told by "close".
    socket.on("error", () => undefined);
    socket.on("drain", () => this.#goOn());
  }

  /** No request is being served, and none has begun to come in. */
  get isIdle(): boolean {
    return this.#request === null && this.#input === null;
  }

  /** The port clients connected to. */
  get localPort(): number {
    return this.socket.localPort ?? 80;
  }

  /** Address of the TCP peer. */
  get sourceIp(): string {
    this.#sourceIp ??= this.socket.remoteAddress ?? "";
    return this.#sourceIp.startsWith("::ffff:") ? this.#sourceIp.slice(7) : this.#sourceIp;
  }

  /** Bytes from the client; `isShared`: they are only valid during the call. */
  take(bytes: Buffer, isShared: boolean): void {
    if (this.#isClosing) return;
    const kept = this.#input;
    if (kept === null) {
      this.#input = bytes;
      this.#at = 0;
      this.#isInputShared = isShared;
    } else {
      this.#input = Buffer.concat([kept.subarray(this.#at), bytes]);
      this.#at = 0;
      this.#isInputShared = false;
    }
    this.#goOn();
    const left = this.#input;
    if (left === null) return;
    if (this.#isInputShared) this.#input = Buffer.from(left.subarray(this.#at));
    else if (this.#at > 0) this.#input = left.subarray(this.#at);
    this.#at = 0;
    this.#isInputShared = false;
  }

  /** For IncomingBody: its bytes may come. */
  read(): void {
    if (this.#request?.head.isWaiting && !this.#hasAskedForBody && this.#input === null) {
      if (this.socket.writable) this.socket.write("HTTP/1.1 100 Continue\r\n\r\n", "latin1");
    }
    this.#hasAskedForBody = true;
    this.#isBodyHeld = false;
    this.#goOn();
  }

  /** For IncomingBody: no more for now. */
  hold(): void {
    this.#isBodyHeld = true;
  }

  /** Reads what is there, as far as it can be used. */
  #goOn(): void {
    if (this.#isReading || this.#isClosing) return;
    this.#isReading = true;
    try {
      while (this.#input !== null && !this.#isClosing && this.#step());
    } catch (error) {
      if (!(error instanceof RequestFault)) throw error;
      this.refuse(error.status);
    } finally {
      this.#isReading = false;
    }
    this.#pauseOrResume();
    if (this.#isEnded) this.#endAfterInput();
  }

  /** Uses some of the input; false if nothing more can be done with it now. */
  #step(): boolean {
    const input = this.#input as Buffer;
    const request = this.#request;
    if (request === null) {
      if (this.socket.writableLength > UNSENT_BYTES) return false;
      return this.#readHead(input);
    }
    const { body } = request;
    if (!body?.takesBytes) return false;
    this.#moveTo(body.push(input, this.#at));
    if (body.isComplete) this.#phase = "served";
    return true;
  }

  #moveTo(at: number): void {
    this.#at = at;
    if (this.#input !== null && at >= this.#input.length) this.#input = null;
  }

  #readHead(input: Buffer): boolean {
    let from = this.#at;
    while (input[from] === 0x0d && input[from + 1] === 0x0a) from += 2;
    this.#moveTo(from);
    if (this.#input === null) return false;
    if (this.#phase === "idle") this.#enter("head");
    const end = input.indexOf(HEAD_END, from, "latin1");
    if (end === -1) {
      if (input.length - from > 1 || input[from] !== 0x0d) checkPartialHead(input.toString("latin1", from));
      return false;
    }
    const head = parseRequestHead(input.toString("latin1", from, end));
    this.#moveTo(end + HEAD_END.length);
    const body = head.bodyBytes === 0 ? null : new IncomingBody(head.bodyBytes, this);
    this.#phase = body === null ? "served" : "body";
    const request: ClientRequest = { head, body, connection: this };
    this.#request = request;
    this.#hasAskedForBody = false;
    this.#isBodyHeld = false;
    this.owner.onRequest(request);
    return true;
  }

  /** What is there has to be used up first; while a head is coming in, more of it is needed. */
  #pauseOrResume(): void {
    const isFull =
      this.#input !== null && (this.#request !== null || this.socket.writableLength > UNSENT_BYTES);
    const isPaused = !this.#isClosing && (isFull || this.#isBodyHeld);
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.socket.pause();
    else this.socket.resume();
  }

  /** Called when the client is gone before the answer is complete. */
  onCancel(cancel: () => void): void {
    this.#onCancel = cancel;
  }

  /**
   * Writes the answer to a request; `done` is told how many bytes of the body were handed to the socket. An answer to a
   * request that was refused meanwhile, or whose client is gone, is dropped.
   *
   * @throws Error if a header would break the message's form; nothing is written then
   */
  answer(request: ClientRequest, answer: ConnectionAnswer, done: (bytesSent: number) => void): void {
    const { socket } = this;
    const { body } = answer;
    if (this.#request !== request || this.#isClosing || socket.destroyed) {
      closeBody(body);
      done(0);
      return;
    }
    const { head } = request;
    // A body nobody read stands in the way of the next request on this connection.
    const isUnread = request.body !== null && !request.body.isComplete;
    const isStream = body !== null && typeof body !== "string" && !(body instanceof Uint8Array);
    const isChunked = isStream && head.minorVersion === 1;
    const keepsAlive = head.keepsAlive && !isUnread && !answer.close && (!isStream || isChunked);
    if (isStream) {
      const text = answerHead(answer, isChunked ? "chunked" : "until-close", keepsAlive);
      if (hasNoBody(answer.status, head.method)) {
        closeBody(body);
        socket.write(text, "latin1");
        this.#finish(keepsAlive);
        done(0);
      } else {
        socket.write(text, "latin1");
        this.#onCancel = () => closeBody(body);
        void writeStream(socket, body, isChunked).then((bytesSent) => {
          this.#finish(keepsAlive);
          done(bytesSent);
        });
      }
      return;
    }
    const sizeBytes = body === null ? 0 : typeof body === "string" ? Buffer.byteLength(body) : body.length;
    const framing: AnswerFraming = answer.status === 204 || answer.status === 304 ? "none" : sizeBytes;
    const text = answerHead(answer, framing, keepsAlive);
    if (body === null || sizeBytes === 0 || hasNoBody(answer.status, head.method)) writeSoon(socket, text);
    else writeMessage(socket, text, body);
    this.#finish(keepsAlive);
    done(sizeBytes);
  }

  #finish(keepsAlive: boolean): void {
    this.#request = null;
    this.#onCancel = null;
    this.#enter("idle");
    if (!keepsAlive) {
      this.#close();
      return;
    }
    this.#goOn();
  }

  /** Answers what is no HTTP request, or too big or too slow a one, and closes the connection. */
  refuse(status: number): void {
    const { socket } = this;
    const request = this.#request;
    if (this.#isClosing || socket.destroyed) return;
    this.#request = null;
    const cancel = this.#onCancel;
    this.#onCancel = null;
    if (socket.writable) {
      const body = refusalBody(status);
      const headers = ["Content-Type", "application/json"];
      socket.write(answerHead({ status, headers }, Buffer.byteLength(body), false) + body, "latin1");
    }
    this.#close();
    request?.body?.fail(clientGone());
    cancel?.();
  }

  /**
   * Ends the connection after what has been written. A client that may still be sending is listened to for a while: a
   * reset would keep it from reading the answer.
   */
  #close(): void {
    const { socket } = this;
    this.#isClosing = true;
    this.#input = null;
    this.#pauseOrResume();
    socket.end();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once("close", () => clearTimeout(timer));
  }

  #enter(phase: "head" | "idle"): void {
    this.#phase = phase;
    this.#since = performance.now();
  }

  /** Refuses a request that takes too long to come in, and lets an idle connection go. */
  checkTimes(now: number, times: { idleMs: number; headersMs: number; requestMs: number }): void {
    const forMs = now - this.#since;
    if (this.#isClosing || this.#phase === "served") return;
    if (this.#phase === "idle") {
      if (forMs > times.idleMs) this.#close();
    } else if (forMs > (this.#phase === "head" ? times.headersMs : times.requestMs)) this.refuse(408);
  }

  destroy(): void {
    this.socket.destroy();
  }

  #onEnd(): void {
    this.#isEnded = true;
    if (!this.#isReading) this.#endAfterInput();
  }

  /**
   * The client sends no more. Whether it still reads cannot be told from that, and most have left: what it waits for is
   * given up, as other gateways do.
   */
  #endAfterInput(): void {
    if (this.#isClosing) return;
    if (this.#request !== null) {
      if (this.#request.body?.takesBytes) this.refuse(400);
      else this.socket.destroy();
    } else if (this.#input !== null) this.refuse(400);
    else this.#close();
  }

  #onClose(): void {
    const request = this.#request;
    this.#request = null;
    this.#input = null;
    this.owner.onClose(this);
    const cancel = this.#onCancel;
    this.#onCancel = null;
    request?.body?.fail(clientGone());
    cancel?.();
  }
}

/** What a client is told whose request no API has seen; 414 in AWS's words. */
export function refusalBody(status: number): string {
  return JSON.stringify({ message: status === 414 ? "Request URI too long" : STATUS_CODES[status] });
}
