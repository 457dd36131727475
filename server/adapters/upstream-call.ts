import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { MAX_PAYLOAD_BYTES } from "@/server/gateway/limits";
import { type UpstreamAnswer, UpstreamError, type UpstreamRequest } from "@/server/gateway/ports";

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
  "UND_ERR_INVALID_ARG",
  "UND_ERR_NOT_SUPPORTED",
]);

/**
 * One call to a back end. It takes undici's raw callbacks, so no header object is built. The answer is handed over
 * whole when it is small or wanted whole, else as a stream once it is clear that it is long or slow.
 */
export class UpstreamCall implements Dispatcher.DispatchHandler {
  #abort: ((error?: Error) => void) | null = null;
  #failure: UpstreamError | null = null;
  #isSettled = false;
  #timer: NodeJS.Timeout | null;
  #status = 0;
  #headers: string[] = [];
  #chunks: Buffer[] = [];
  #sizeBytes = 0;
  #stream: Readable | null = null;
  #resume: () => void = () => undefined;
  #mayStream = false;
  #streamSoon: NodeJS.Immediate | null = null;

  constructor(
    private readonly request: UpstreamRequest,
    private readonly resolve: (answer: UpstreamAnswer) => void,
    private readonly reject: (error: UpstreamError) => void,
  ) {
    this.#timer = setTimeout(() => {
      this.#fail(new UpstreamError("timeout", `no answer within ${request.timeoutMs} ms`));
    }, request.timeoutMs);
    request.owner.cancel = () => this.#fail(new UpstreamError("network", "the client is gone"));
  }

  dispatchOptions(): Dispatcher.DispatchOptions {
    const { method, path, headers, body } = this.request;
    return {
      method: method as Dispatcher.HttpMethod,
      path,
      headers: headers as string[],
      body: body as Dispatcher.DispatchOptions["body"],
      headersTimeout: 0,
      bodyTimeout: STREAM_IDLE_MS,
    };
  }

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort;
    if (this.#failure) abort(this.#failure);
  }

  onHeaders(status: number, rawHeaders: Buffer[], resume: () => void): boolean {
    if (status < 200) return true;
    this.#status = status;
    this.#resume = resume;
    let declaredBytes = -1;
    const headers = new Array<string>(rawHeaders.length);
    for (let i = 0; i < rawHeaders.length; i++) headers[i] = (rawHeaders[i] as Buffer).toString("latin1");
    for (let i = 0; i < headers.length; i += 2) {
      const name = headers[i] as string;
      if (name.length === 14 && name.toLowerCase() === "content-length")
        declaredBytes = Number(headers[i + 1]);
    }
    this.#headers = headers;
    const { isBuffered } = this.request;
    this.#mayStream = !isBuffered && !(declaredBytes >= 0 && declaredBytes <= SMALL_ANSWER_BYTES);
    if (isBuffered && declaredBytes > MAX_PAYLOAD_BYTES) this.#failTooLarge();
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#stream) return this.#stream.push(chunk);
    this.#chunks.push(chunk);
    this.#sizeBytes += chunk.length;
    if (this.#mayStream) {
      if (this.#sizeBytes > SMALL_ANSWER_BYTES) this.#beginStream();
      else this.#streamSoon ??= setImmediate(() => this.#beginStream());
    } else if (this.#sizeBytes > MAX_PAYLOAD_BYTES) {
      this.#failTooLarge();
    }
    return true;
  }

  onComplete(): void {
    if (this.#stream) {
      this.#stream.push(null);
      return;
    }
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 ? (first as Buffer) : Buffer.concat(this.#chunks, this.#sizeBytes);
    this.#settle(body);
  }

  onError(error: Error): void {
    if (this.#stream) {
      this.#stream.destroy(error);
      return;
    }
    this.#fail(this.#failure ?? failureOf(error));
  }

  #beginStream(): void {
    if (this.#isSettled) return;
    const stream = new Readable({
      highWaterMark: SMALL_ANSWER_BYTES,
      read: () => this.#resume(),
      destroy: (error, done) => {
        this.#abort?.(error ?? new Error("the client is gone"));
        done(null);
      },
    });
    // A back end that breaks off is noticed by whoever reads; nobody reading is no reason to end the process.
    stream.on("error", () => undefined);
    this.#stream = stream;
    for (const chunk of this.#chunks) stream.push(chunk);
    this.#chunks = [];
    this.#settle(stream);
  }

  #settle(body: UpstreamAnswer["body"]): void {
    if (this.#isSettled) return;
    this.#finish();
    this.resolve({ status: this.#status, headers: this.#headers, body });
  }

  #fail(error: UpstreamError): void {
    if (this.#isSettled) return;
    this.#failure = error;
    this.#finish();
    this.#chunks = [];
    this.reject(error);
    this.#abort?.(error);
  }

  #failTooLarge(): void {
    this.#fail(new UpstreamError("size", `more than ${MAX_PAYLOAD_BYTES} bytes`));
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
export function failureOf(error: Error): UpstreamError {
  const { code = "" } = error as { code?: string };
  const kind =
    code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT"
      ? "timeout"
      : ADDRESS_CODES.has(code)
        ? "address"
        : "network";
  return new UpstreamError(kind, error.message || code, code);
}
