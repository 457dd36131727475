import { GatheredBytes } from "../gathered-bytes";
import { ChunkError, ChunkedReader } from "./chunked-reader";
import { type BodyFraming, BrokenResponseError, parseResponseHead, type ResponseHead } from "./response-head";

/** What one answer is told to; the bytes of a chunk are valid during the call only. */
export type ResponseListener = {
  readonly method: string;
  onHead(head: ResponseHead): void;
  /** `bytes` lie in a buffer that is used again. */
  onBody(bytes: Buffer): void;
  onEnd(): void;
};

const MAX_HEAD_BYTES = 65_536;

type State = "head" | "length" | "chunks" | "until-close" | "idle";

/** Takes the bytes of one connection apart into answers (RFC 9112), strictly. One answer at a time. */
export class ResponseReader {
  #state: State = "idle";
  #listener: ResponseListener | null = null;
  /** The beginning of a head whose end has not come yet. */
  #kept: GatheredBytes | null = null;
  /** Of informational answers. */
  #earlyBytes = 0;
  #leftBytes = 0;
  #chunks: ChunkedReader | null = null;

  /** The next bytes are the answer to this request. */
  expect(listener: ResponseListener): void {
    this.#state = "head";
    this.#listener = listener;
    this.#kept = null;
    this.#chunks = null;
    this.#earlyBytes = 0;
  }

  /** True once any byte of the answer has come. */
  get hasBegun(): boolean {
    return this.#state !== "head" || this.#kept !== null;
  }

  /**
   * @throws BrokenResponseError if the bytes are no answer, or bytes come that nobody asked for
   */
  push(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) at = this.#step(bytes, at);
  }

  /** The back end has closed its side: the end of some answers, a broken one for others. */
  end(): void {
    if (this.#state === "until-close") this.#finish();
    else if (this.#state !== "idle") throw new BrokenResponseError("other side closed");
  }

  /** Reads from `at`; says where to go on. */
  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case "head":
        return this.#readHead(bytes, at);
      case "length":
        return this.#readCounted(bytes, at);
      case "until-close":
        this.#listener?.onBody(at === 0 ? bytes : bytes.subarray(at));
        return bytes.length;
      case "chunks":
        return this.#readChunks(bytes, at);
      case "idle":
        throw new BrokenResponseError("more bytes than the answer has");
    }
  }

  #readHead(bytes: Buffer, at: number): number {
    const keptBytes = this.#kept?.sizeBytes ?? 0;
    const whole = this.#kept === null ? bytes : this.#keep(bytes.subarray(at));
    const from = this.#kept === null ? at : 0;
    const end = whole.indexOf("\r\n\r\n", Math.max(from, keptBytes - 3), "latin1");
    if ((end === -1 ? whole.length : end) - from > MAX_HEAD_BYTES)
      throw new BrokenResponseError(`the header has more than ${MAX_HEAD_BYTES} bytes`);
    if (end === -1) {
      // What can be no status line is refused at once, not after the time limit.
      if (whole.length - from >= 5 && whole.toString("latin1", from, from + 5) !== "HTTP/")
        throw new BrokenResponseError("the answer does not begin with an HTTP/1.1 status line");
      if (this.#kept === null) this.#keep(bytes.subarray(at));
      return bytes.length;
    }
    this.#kept = null;
    const listener = this.#listener as ResponseListener;
    const head = parseResponseHead(whole.toString("latin1", from, end), listener.method);
    const next = at + (end + 4 - from - keptBytes);
    if (head.status === 101) throw new BrokenResponseError("the back end switched protocols");
    if (head.status < 200) {
      this.#earlyBytes += end + 4 - from;
      if (this.#earlyBytes > MAX_HEAD_BYTES) throw new BrokenResponseError("too many informational answers");
      return next;
    }
    this.#begin(head.framing);
    listener.onHead(head);
    if (this.#isAtEnd(head.framing)) this.#finish();
    return next;
  }

  /** Adds to what is kept, and gives all of it: valid until more is added. */
  #keep(bytes: Buffer): Buffer {
    this.#kept ??= new GatheredBytes();
    this.#kept.addCopy(bytes);
    return this.#kept.whole();
  }

  #begin(framing: BodyFraming): void {
    switch (framing.kind) {
      case "length":
        this.#state = "length";
        this.#leftBytes = framing.bytes;
        return;
      case "chunked":
        this.#state = "chunks";
        this.#chunks = new ChunkedReader(false);
        return;
      case "until-close":
      case "none":
        this.#state = "until-close";
    }
  }

  #isAtEnd(framing: BodyFraming): boolean {
    return framing.kind === "none" || (framing.kind === "length" && framing.bytes === 0);
  }

  #readCounted(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#leftBytes);
    this.#leftBytes -= end - at;
    this.#listener?.onBody(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
    if (this.#leftBytes === 0) this.#finish();
    return end;
  }

  /** Trailers are not passed on, as HTTP/1.1 intermediaries may do. */
  #readChunks(bytes: Buffer, at: number): number {
    const chunks = this.#chunks as ChunkedReader;
    try {
      const end = chunks.push(bytes, at, (piece) => this.#listener?.onBody(piece));
      if (chunks.isComplete) this.#finish();
      return end;
    } catch (error) {
      throw error instanceof ChunkError ? new BrokenResponseError(error.message) : error;
    }
  }

  #finish(): void {
    const listener = this.#listener;
    this.#state = "idle";
    this.#listener = null;
    listener?.onEnd();
  }
}
