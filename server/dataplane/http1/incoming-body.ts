import { GatheredBytes } from "@/server/adapters/gathered-bytes";
import { ChunkError, ChunkedReader } from "@/server/adapters/http1/chunked-reader";
import { GatewayError } from "@/server/gateway/errors";
import type { RequestBody } from "@/server/gateway/http-message";
import { MAX_PAYLOAD_BYTES } from "@/server/gateway/limits";
import { RequestFault } from "./request-head";

const EMPTY = Buffer.alloc(0);
/** A stream that is not read as fast as it comes holds up its client from here on. */
const STREAM_BUFFER_BYTES = 65_536;

/** What a body asks of its connection. */
export type BodySource = {
  /** Bytes may come now, first those that are there already; a client that waits is told so. */
  read(): void;
  /** No more bytes for now. */
  hold(): void;
};

/** The body of a request without one. */
export const NO_BODY: RequestBody = {
  sizeBytes: 0,
  bytes: () => EMPTY,
  async *stream() {},
};

/** A body on its way in. Nothing is read before somebody asks for it. */
export class IncomingBody implements RequestBody {
  #leftBytes: number;
  readonly #chunks: ChunkedReader | null;
  #isComplete = false;
  #isWanted = false;
  #error: unknown = null;
  /** All of the body, or what whoever reads a stream has not taken yet. */
  #gathered = new GatheredBytes();
  #isStreamed = false;
  #receivedBytes = 0;
  #wake: (() => void) | null = null;

  constructor(
    readonly sizeBytes: number | null,
    private readonly source: BodySource,
  ) {
    this.#leftBytes = sizeBytes ?? 0;
    this.#chunks = sizeBytes === null ? new ChunkedReader(true) : null;
  }

  /** Whether the connection's next bytes are for this body. */
  get takesBytes(): boolean {
    return this.#isWanted && !this.#isComplete;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  bytes(): Uint8Array | Promise<Uint8Array> {
    this.#want();
    if (this.#error !== null) return Promise.reject(this.#error);
    if (this.#isComplete) return this.#gathered.whole();
    return new Promise((resolve, reject) => {
      this.#wake = () => {
        if (this.#error !== null) reject(this.#error);
        else if (this.#isComplete) resolve(this.#gathered.whole());
      };
    });
  }

  async *stream(): AsyncIterable<Uint8Array> {
    this.#isStreamed = true;
    this.#want();
    try {
      for (;;) {
        if (this.#gathered.sizeBytes > 0) {
          // As one piece, however small the client's chunks are: each piece costs the back end's connection a write.
          const piece = this.#gathered.whole();
          this.#gathered = new GatheredBytes();
          this.source.read();
          yield piece;
        } else if (this.#error !== null) throw this.#error;
        else if (this.#isComplete) return;
        else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      // Whoever stops reading leaves the rest on the connection.
      this.#isWanted = false;
    }
  }

  #want(): void {
    if (this.#isComplete || this.#error !== null) return;
    this.#isWanted = true;
    this.source.read();
  }

  /**
   * Takes bytes from `at` on as far as they belong to the body, and says how far that is. They are copied: their buffer
   * is used again.
   *
   * @throws RequestFault if they are no body
   */
  push(bytes: Buffer, at: number): number {
    const next = this.#chunks ? this.#pushChunks(this.#chunks, bytes, at) : this.#pushCounted(bytes, at);
    if (this.#isStreamed || this.#isComplete || this.#error !== null) this.#tell();
    return next;
  }

  #pushCounted(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#leftBytes);
    this.#leftBytes -= end - at;
    if (this.#leftBytes === 0) this.#isComplete = true;
    this.#add(bytes.subarray(at, end));
    return end;
  }

  #pushChunks(chunks: ChunkedReader, bytes: Buffer, at: number): number {
    try {
      const end = chunks.push(bytes, at, (piece) => this.#add(piece));
      if (chunks.isComplete) this.#isComplete = true;
      return end;
    } catch (error) {
      if (!(error instanceof ChunkError)) throw error;
      throw new RequestFault(error.kind === "long-line" ? 413 : error.kind === "long-trailers" ? 431 : 400);
    }
  }

  #add(piece: Buffer): void {
    if (this.#error !== null) return;
    this.#receivedBytes += piece.length;
    if (this.#receivedBytes > MAX_PAYLOAD_BYTES) {
      this.#error = new GatewayError("REQUEST_TOO_LARGE");
      this.#isWanted = false;
      this.#isComplete = false;
      return;
    }
    this.#gathered.addCopy(piece);
    if (this.#isStreamed && this.#gathered.sizeBytes > STREAM_BUFFER_BYTES) this.source.hold();
  }

  /** No more will come: the client is gone, or what it sent is no body. */
  fail(error: unknown): void {
    if (this.#isComplete || this.#error !== null) return;
    this.#error = error;
    this.#isWanted = false;
    this.#tell();
  }

  #tell(): void {
    const wake = this.#wake;
    if (!this.#isStreamed && !this.#isComplete && this.#error === null) return;
    this.#wake = null;
    wake?.();
  }
}

/** Nobody will read the answer; the error only ends the exchange. */
export function clientGone(): GatewayError {
  return new GatewayError("DEFAULT_4XX", {
    publicMessage: "Bad Request",
    logLine: "The client closed the connection",
  });
}
