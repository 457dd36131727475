import { Readable } from "node:stream";
import { MAX_PAYLOAD_BYTES } from "@/server/gateway/limits";
import { type UpstreamAnswer, UpstreamError, type UpstreamRequest } from "@/server/gateway/ports";
import { GatheredBytes } from "../gathered-bytes";
import type { Http1Connection } from "./connection";
import type { ResponseHead } from "./response-head";

/** Answers up to this size are gathered even if a stream would do: one write to the client instead of several. */
const SMALL_ANSWER_BYTES = 65_536;
/** How long a streamed answer may stand still. */
const STREAM_IDLE_MS = 300_000;

const ADDRESS_CODES = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "ERR_INVALID_URL",
  "ERR_SOCKET_BAD_PORT",
  "UNSENDABLE_REQUEST",
]);

/** Requests that may be sent a second time when a kept connection turns out to be closed. */
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * One call to a back end. The answer is handed over whole when it is small or wanted whole, else as a stream once it is
 * clear that it is long or slow.
 */
export class UpstreamCall {
  /** A lost kept connection is no reason to fail it. */
  mayRepeat: boolean;
  #connection: Http1Connection | null = null;
  #isSettled = false;
  #timer: NodeJS.Timeout | null;
  #status = 0;
  #headers: string[] = [];
  /** What has come and is not handed over yet. */
  #gathered = new GatheredBytes();
  #stream: Readable | null = null;
  #mayStream = false;
  #streamSoon: NodeJS.Immediate | null = null;

  constructor(
    readonly request: UpstreamRequest,
    private readonly resolve: (answer: UpstreamAnswer) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.mayRepeat = request.body === null && REPEATABLE.has(request.method);
    this.#timer = setTimeout(() => {
      this.#giveUp(new UpstreamError("timeout", `no answer within ${request.timeoutMs} ms`));
    }, request.timeoutMs);
    request.owner.cancel = () => this.#giveUp(new UpstreamError("network", "the client is gone"));
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  get isStreamed(): boolean {
    return this.#stream !== null;
  }

  onConnection(connection: Http1Connection): void {
    this.#connection = connection;
  }

  onHead({ status, headers, framing }: ResponseHead): void {
    this.#status = status;
    this.#headers = headers;
    const declaredBytes = framing.kind === "length" ? framing.bytes : framing.kind === "none" ? 0 : -1;
    const { isBuffered } = this.request;
    this.#mayStream = !isBuffered && !(declaredBytes >= 0 && declaredBytes <= SMALL_ANSWER_BYTES);
    if (isBuffered && declaredBytes > MAX_PAYLOAD_BYTES) this.#failTooLarge();
  }

  /** The bytes are copied: their buffer is used again. */
  onBody(bytes: Buffer): void {
    if (this.#isSettled && !this.#stream) return;
    this.#gathered.addCopy(bytes);
    if (this.#stream) return;
    const { sizeBytes } = this.#gathered;
    if (this.#mayStream) {
      if (sizeBytes > SMALL_ANSWER_BYTES) this.#beginStream();
      else this.#streamSoon ??= setImmediate(() => this.#beginStream());
    } else if (sizeBytes > MAX_PAYLOAD_BYTES) {
      this.#failTooLarge();
    }
  }

  /** All bytes of one read have been told: a stream gets them as one piece, however small the back end's chunks are. */
  onReadEnd(): void {
    if (!this.#stream || this.#gathered.sizeBytes === 0) return;
    const piece = this.#gathered.whole();
    this.#gathered = new GatheredBytes();
    if (!this.#stream.push(piece)) this.#connection?.pause();
  }

  onComplete(): void {
    this.#connection = null;
    if (this.#stream) {
      this.onReadEnd();
      this.#stream.push(null);
      return;
    }
    this.#settle(this.#gathered.whole());
  }

  onError(error: Error): void {
    this.#connection = null;
    if (this.#stream) this.#stream.destroy(error);
    else this.#fail(failureOf(error));
  }

  /** The client's body broke off or was too large: that is the client's error, not the back end's. */
  onBodyError(error: unknown): void {
    this.#connection = null;
    this.#fail(error);
  }

  #beginStream(): void {
    if (this.#isSettled) return;
    const stream = new Readable({
      highWaterMark: SMALL_ANSWER_BYTES,
      read: () => this.#connection?.resume(),
      destroy: (error, done) => {
        this.#connection?.destroy();
        done(error);
      },
    });
    // A back end that breaks off is noticed by whoever reads; nobody reading is no reason to end the process.
    stream.on("error", () => undefined);
    this.#stream = stream;
    this.#connection?.limitStandstill(STREAM_IDLE_MS);
    this.onReadEnd();
    this.#settle(stream);
  }

  #settle(body: UpstreamAnswer["body"]): void {
    if (this.#isSettled) return;
    this.#finish();
    this.resolve({ status: this.#status, headers: this.#headers, body });
  }

  #fail(error: unknown): void {
    if (this.#isSettled) return;
    this.#finish();
    this.#gathered = new GatheredBytes();
    this.reject(error);
  }

  #giveUp(error: UpstreamError): void {
    const connection = this.#connection;
    this.#fail(error);
    connection?.destroy();
  }

  #failTooLarge(): void {
    this.#giveUp(new UpstreamError("size", `more than ${MAX_PAYLOAD_BYTES} bytes`));
  }

  #finish(): void {
    this.#isSettled = true;
    this.request.owner.cancel = null;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#streamSoon) clearImmediate(this.#streamSoon);
    this.#timer = null;
  }
}

/** What an error of the transport means. */
function failureOf(error: Error): UpstreamError {
  const { code = "" } = error as { code?: string };
  const kind = code === "ETIMEDOUT" ? "timeout" : ADDRESS_CODES.has(code) ? "address" : "network";
  return new UpstreamError(kind, error.message || code, code);
}
