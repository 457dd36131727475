import { GatheredBytes } from "../gathered-bytes";
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
/** A chunk's size line with its extensions, and all trailers together. */
const MAX_LINE_BYTES = 8_192;

type State =
  | "head"
  | "length"
  | "chunk-size"
  | "chunk-data"
  | "chunk-end"
  | "trailers"
  | "until-close"
  | "idle";

/** Takes the bytes of one connection apart into answers (RFC 9112), strictly. One answer at a time. */
export class ResponseReader {
  #state: State = "idle";
  #listener: ResponseListener | null = null;
  /** The beginning of a head or line whose end has not come yet. */
  #kept: GatheredBytes | null = null;
  /** Of informational answers. */
  #earlyBytes = 0;
  #leftBytes = 0;
  #trailerBytes = 0;

  /** The next bytes are the answer to this request. */
  expect(listener: ResponseListener): void {
    this.#state = "head";
    this.#listener = listener;
    this.#kept = null;
    this.#trailerBytes = 0;
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
      case "chunk-data":
        return this.#readCounted(bytes, at);
      case "until-close":
        this.#listener?.onBody(at === 0 ? bytes : bytes.subarray(at));
        return bytes.length;
      case "chunk-size":
      case "chunk-end":
      case "trailers":
        return this.#readLine(bytes, at);
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
        this.#state = "chunk-size";
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
    if (this.#leftBytes === 0) {
      if (this.#state === "length") this.#finish();
      else this.#state = "chunk-end";
    }
    return end;
  }

  #readLine(bytes: Buffer, at: number): number {
    const newline = bytes.indexOf(0x0a, at);
    const end = newline === -1 ? bytes.length : newline + 1;
    const piece = bytes.subarray(at, end);
    const line = this.#kept === null && newline !== -1 ? piece : this.#keep(piece);
    if (line.length > MAX_LINE_BYTES) throw new BrokenResponseError("a chunk's line is too long");
    if (newline === -1) {
      return end;
    }
    this.#kept = null;
    if (line.length < 2 || line[line.length - 2] !== 0x0d)
      throw new BrokenResponseError("a chunk's line does not end with CR LF");
    this.#takeLine(line.toString("latin1", 0, line.length - 2));
    return end;
  }

  #takeLine(line: string): void {
    if (this.#state === "chunk-end") {
      if (line !== "") throw new BrokenResponseError("a chunk is longer than its size");
      this.#state = "chunk-size";
    } else if (this.#state === "chunk-size") {
      this.#leftBytes = chunkSize(line);
      this.#state = this.#leftBytes === 0 ? "trailers" : "chunk-data";
    } else if (line === "") {
      this.#finish();
    } else {
      // Trailers are not passed on, as HTTP/1.1 intermediaries may do.
      this.#trailerBytes += line.length;
      if (this.#trailerBytes > MAX_LINE_BYTES) throw new BrokenResponseError("the trailers are too long");
    }
  }

  #finish(): void {
    const listener = this.#listener;
    this.#state = "idle";
    this.#listener = null;
    listener?.onEnd();
  }
}

/** The size in `1a2b;extension=…`; extensions mean nothing here. */
function chunkSize(line: string): number {
  const digits = /^([0-9a-fA-F]{1,12})[ \t]*(?:;|$)/.exec(line)?.[1];
  if (digits === undefined) throw new BrokenResponseError("a chunk's size is no number");
  return Number.parseInt(digits, 16);
}
