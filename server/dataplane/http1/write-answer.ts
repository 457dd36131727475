import type net from "node:net";
import type { ByteStream } from "@/server/gateway/http-message";

/** Bodies up to this size go out with their head in one write. */
const ONE_WRITE_BYTES = 16_384;

/** Whether an answer ends with its head (RFC 9112, 6.3). */
export const hasNoBody = (status: number, method: string): boolean =>
  method === "HEAD" || status === 204 || status === 304 || status < 200;

/** Writes head and body. A head is octets: written as UTF-8 together with a text it would be spoilt. */
export function writeWhole(socket: net.Socket, head: string, body: string | Uint8Array): void {
  const isText = typeof body === "string";
  // As many bytes as characters: it is ASCII.
  if (isText && Buffer.byteLength(body) === body.length) {
    socket.write(head + body, "latin1");
    return;
  }
  const bytes = isText ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.length <= ONE_WRITE_BYTES) {
    socket.write(head + bytes.toString("latin1"), "latin1");
    return;
  }
  socket.cork();
  socket.write(head, "latin1");
  socket.write(bytes);
  socket.uncork();
}

/**
 * Writes a stream at the pace the client reads, and says how many bytes. A stream that breaks off ends the connection: no
 * other way to tell.
 */
export async function writeStream(socket: net.Socket, body: ByteStream, isChunked: boolean): Promise<number> {
  let bytesSent = 0;
  try {
    for await (const piece of body) {
      if (socket.destroyed) break;
      if (piece.length === 0) continue;
      bytesSent += piece.length;
      if (!writePiece(socket, piece, isChunked)) await drained(socket);
    }
    if (isChunked && !socket.destroyed) socket.write("0\r\n\r\n", "latin1");
  } catch {
    socket.destroy();
  }
  return bytesSent;
}

function writePiece(socket: net.Socket, piece: Uint8Array, isChunked: boolean): boolean {
  if (!isChunked) return socket.write(piece);
  socket.cork();
  socket.write(`${piece.length.toString(16)}\r\n`, "latin1");
  socket.write(piece);
  const goesOn = socket.write("\r\n", "latin1");
  socket.uncork();
  return goesOn;
}

function drained(socket: net.Socket): Promise<void> {
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
