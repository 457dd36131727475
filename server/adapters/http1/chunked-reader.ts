import { GatheredBytes } from "../gathered-bytes";

/** The chunks of a body are broken. */
export class ChunkError extends Error {
  constructor(
    message: string,
    readonly kind: "malformed" | "long-line" | "long-trailers" = "malformed",
  ) {
    super(message);
  }
}

/** A chunk's size line with its extensions, and all trailers together. */
const MAX_LINE_BYTES = 8_192;
const MAX_TRAILER_BYTES = 8_192;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** Trailers that would say anew where the message ends. */
const FRAMING_TRAILER = /^(?:content-length|transfer-encoding)[ \t]*:/i;
const TRAILER = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:/;

type State = "size" | "data" | "data-end" | "trailers" | "complete";

/** Takes a body apart that is sent in chunks (RFC 9112, section 7.1), strictly. Extensions and trailers are dropped. */
export class ChunkedReader {
  #state: State = "size";
  /** The beginning of a line whose end has not come yet. */
  #kept: GatheredBytes | null = null;
  #leftBytes = 0;
  #trailerBytes = 0;

  /** `checksTrailers`: a trailer that is none, or would say anew where the message ends, is an error. */
  constructor(private readonly checksTrailers: boolean) {}

  get isComplete(): boolean {
    return this.#state === "complete";
  }

  /**
   * Reads from `at` to the end of the body or of the bytes, and says where that is. What is handed to `onData` lies in
   * the given bytes.
   *
   * @throws ChunkError
   */
  push(bytes: Buffer, at: number, onData: (piece: Buffer) => void): number {
    let next = at;
    while (next < bytes.length && this.#state !== "complete")
      next = this.#state === "data" ? this.#readData(bytes, next, onData) : this.#readLine(bytes, next);
    return next;
  }

  #readData(bytes: Buffer, at: number, onData: (piece: Buffer) => void): number {
    const end = Math.min(bytes.length, at + this.#leftBytes);
    this.#leftBytes -= end - at;
    if (this.#leftBytes === 0) this.#state = "data-end";
    onData(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
    return end;
  }

  #readLine(bytes: Buffer, at: number): number {
    const newline = bytes.indexOf(NEWLINE, at);
    const end = newline === -1 ? bytes.length : newline + 1;
    const piece = bytes.subarray(at, end);
    const line = this.#kept === null && newline !== -1 ? piece : this.#keep(piece);
    if (line.length > MAX_LINE_BYTES) throw this.#tooLong("a chunk's line is too long");
    if (newline === -1) return end;
    this.#kept = null;
    if (line.length < 2 || line[line.length - 2] !== RETURN)
      throw new ChunkError("a chunk's line does not end with CR LF");
    this.#takeLine(line.toString("latin1", 0, line.length - 2));
    return end;
  }

  /** Adds to what is kept, and gives all of it: valid until more is added. */
  #keep(piece: Buffer): Buffer {
    this.#kept ??= new GatheredBytes();
    this.#kept.addCopy(piece);
    return this.#kept.whole();
  }

  #takeLine(line: string): void {
    if (this.#state === "data-end") {
      if (line !== "") throw new ChunkError("a chunk is longer than its size");
      this.#state = "size";
    } else if (this.#state === "size") {
      this.#leftBytes = chunkSize(line);
      this.#state = this.#leftBytes === 0 ? "trailers" : "data";
    } else if (line === "") {
      this.#state = "complete";
    } else {
      this.#trailerBytes += line.length;
      if (this.#trailerBytes > MAX_TRAILER_BYTES) throw this.#tooLong("the trailers are too long");
      if (this.checksTrailers && (!TRAILER.test(line) || FRAMING_TRAILER.test(line)))
        throw new ChunkError("a trailer is none");
    }
  }

  #tooLong(message: string): ChunkError {
    return new ChunkError(message, this.#state === "trailers" ? "long-trailers" : "long-line");
  }
}

/** The size in `1a2b;extension=…`; extensions mean nothing here. */
function chunkSize(line: string): number {
  const digits = /^([0-9a-fA-F]{1,12})[ \t]*(?:;|$)/.exec(line)?.[1];
  if (digits === undefined) throw new ChunkError("a chunk's size is no number");
  return Number.parseInt(digits, 16);
}
