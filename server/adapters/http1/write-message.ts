import type net from "node:net";
import { writeSoon } from "./write-soon";

/** Bodies up to this size go out with their head in one write. */
const ONE_WRITE_BYTES = 16_384;

/** What ends a body in chunks. */
export const LAST_CHUNK = "0\r\n\r\n";

/** Writes head and body. A head is octets: written as UTF-8 together with a text it would be spoilt. */
export function writeMessage(socket: net.Socket, head: string, body: string | Uint8Array): void {
  const isText = typeof body === "string";
  // As many bytes as characters: it is ASCII.
  if (isText && Buffer.byteLength(body) === body.length) {
    writeSoon(socket, head + body);
    return;
  }
  const bytes = isText ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.length <= ONE_WRITE_BYTES) {
    writeSoon(socket, head + bytes.toString("latin1"));
    return;
  }
  socket.cork();
  socket.write(head, "latin1");
  socket.write(bytes);
  socket.uncork();
}

/** Writes one chunk of a body; false: wait until the socket has `drained`. */
export function writeChunk(socket: net.Socket, chunk: Uint8Array): boolean {
  socket.cork();
  socket.write(`${chunk.length.toString(16)}\r\n`, "latin1");
  socket.write(chunk);
  const goesOn = socket.write("\r\n", "latin1");
  socket.uncork();
  return goesOn;
}

/** Resolves when the other side has taken enough, or is gone. */
export function drained(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      socket.off("drain", settle);
      socket.off("close", settle);
      resolve();
    };
    socket.on("drain", settle);
    socket.on("close", settle);
    if (socket.destroyed) settle();
  });
}
