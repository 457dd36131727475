const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/** Bytes as text; what is not UTF-8 becomes U+FFFD. */
export function textFromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function utf8FromText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The bytes with every sequence that is not UTF-8 replaced by U+FFFD; the same array if nothing was wrong. */
export function repairUtf8(bytes: Uint8Array): Uint8Array {
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] as number) > 0x7f) {
      const text = decoder.decode(bytes);
      return text.includes("\uFFFD") ? encoder.encode(text) : bytes;
    }
  }
  return bytes;
}

/** A stream of bytes; `destroy` lets go of its source before its end, even if nobody has begun to read. */
export type ByteStream = AsyncIterable<Uint8Array> & { destroy?(): void };

/** `repairUtf8` for a stream; a character may lie across two chunks. */
export function repairUtf8Stream(chunks: ByteStream): ByteStream {
  return {
    [Symbol.asyncIterator]: () => repairedChunks(chunks),
    destroy: () => chunks.destroy?.(),
  };
}

async function* repairedChunks(chunks: ByteStream): AsyncGenerator<Uint8Array> {
  const streaming = new TextDecoder("utf-8", { ignoreBOM: true });
  for await (const chunk of chunks) {
    const text = streaming.decode(chunk, { stream: true });
    if (text !== "") yield encoder.encode(text);
  }
  const rest = streaming.decode();
  if (rest !== "") yield encoder.encode(rest);
}
