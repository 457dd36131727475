import { damaged } from "./backup-header";

/** A row holds at most a whole API; this is far above it. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;

/** The lines of a stream of UTF-8, without their ends. Throws INVALID if the last one has no end. */
export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, at)]).toString("utf8");
      parts = [];
      size = 0;
      from = at + 1;
    }
    parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > MAX_LINE_BYTES) throw damaged("a line is too long");
  }
  if (size > 0) throw damaged("its end is missing");
}

/** Takes the first line off a stream: the line, and what is behind it. */
export async function takeFirstLine(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<{ line: string; rest: AsyncGenerator<Uint8Array> }> {
  const chunks = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  for (;;) {
    const at = head.indexOf(10);
    if (at >= 0)
      return { line: head.toString("utf8", 0, at), rest: following(head.subarray(at + 1), chunks) };
    if (head.length > maxBytes) throw damaged("it does not begin as a backup does");
    const next = await chunks.next();
    if (next.done) throw damaged("it does not begin as a backup does");
    head = Buffer.concat([head, next.value]);
  }
}

async function* following(first: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}
