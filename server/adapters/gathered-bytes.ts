const FIRST_BYTES = 16_384;

/**
 * Bytes of a body as they come, in memory of about their own size. A list of the pieces would not do: who sends a body in
 * chunks of one byte would make a hundred bytes out of each.
 */
export class GatheredBytes {
  #sizeBytes = 0;
  /** The only piece so far, as it came; most bodies are one. */
  #first: Buffer | null = null;
  #buffer: Buffer | null = null;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Keeps the piece itself as long as there is only one. */
  add(piece: Buffer): void {
    if (this.#sizeBytes > 0) {
      this.addCopy(piece);
      return;
    }
    this.#first = piece;
    this.#sizeBytes = piece.length;
  }

  /** For a piece whose memory is used again. */
  addCopy(piece: Buffer): void {
    const from = this.#sizeBytes;
    if (from === 0) {
      this.add(Buffer.from(piece));
      return;
    }
    this.#sizeBytes += piece.length;
    const buffer = this.#room(this.#sizeBytes);
    if (this.#first !== null) this.#first.copy(buffer);
    this.#first = null;
    piece.copy(buffer, from);
  }

  /** Valid until more is added. */
  whole(): Buffer {
    return this.#first ?? this.#buffer?.subarray(0, this.#sizeBytes) ?? Buffer.alloc(0);
  }

  #room(sizeBytes: number): Buffer {
    const before = this.#buffer;
    if (before !== null && before.length >= sizeBytes) return before;
    const buffer = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, 2 * sizeBytes));
    before?.copy(buffer);
    this.#buffer = buffer;
    return buffer;
  }
}
