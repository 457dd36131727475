import type net from "node:net";
import { drained, LAST_CHUNK, writeChunk } from "@/server/adapters/http1/write-message";
import type { ByteStream } from "@/server/gateway/http-message";

/** Whether an answer ends with its head (RFC 9112, 6.3). */
export const hasNoBody = (status: number, method: string): boolean =>
  method === "HEAD" || status === 204 || status === 304 || status < 200;

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
      const goesOn = isChunked ? writeChunk(socket, piece) : socket.write(piece);
      if (!goesOn) await drained(socket);
    }
    if (isChunked && !socket.destroyed) socket.write(LAST_CHUNK, "latin1");
  } catch {
    socket.destroy();
  }
  return bytesSent;
}
