import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { MAX_HEADER_BYTES } from "@/server/gateway/limits";
import { isClosing, LINGER_MS, markClosing } from "./closing-connections";

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

export type ClientError = NodeJS.ErrnoException & { rawPacket?: Buffer };

/** Answers what is no HTTP request, or too big or too slow a one, and closes the connection. */
export function answerClientError(error: ClientError, socket: Duplex): void {
  if (error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  if (isClosing(socket)) return;
  const pending = responseUnderWay(socket);
  if (pending?.req.complete) {
    // The answers to the requests before it come first.
    pending.once("close", () => answerClientError(error, socket));
    return;
  }
  // Bytes behind a request that was to be the connection's last are not answered.
  if (!socket.writable || pending?.headersSent || error.code === "HPE_CLOSED_CONNECTION") socket.destroy();
  else refuse(socket, statusOf(error));
}

/** Writes an answer of the listener's own and closes the connection. */
export function refuse(socket: Duplex, status: number): void {
  markClosing(socket);
  const reason = STATUS_CODES[status] ?? "Bad Request";
  const body = refusalBody(status);
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("close", () => clearTimeout(timer));
}

/** What a client is told whose request no API has seen; 414 in AWS's words. */
export function refusalBody(status: number): string {
  return JSON.stringify({ message: status === 414 ? "Request URI too long" : STATUS_CODES[status] });
}

/** The response node:http is writing, or waits for, on this socket. */
function responseUnderWay(socket: Duplex): ServerResponse<IncomingMessage> | null {
  return (socket as { _httpMessage?: ServerResponse<IncomingMessage> | null })._httpMessage ?? null;
}

function statusOf({ code = "", rawPacket }: ClientError): number {
  if (code === "HPE_HEADER_OVERFLOW" && rawPacket && isLongTarget(rawPacket)) return 414;
  return STATUS_BY_CODE[code] ?? 400;
}

/** The request line alone is too long, as far as the last packet tells. */
function isLongTarget(packet: Buffer): boolean {
  const lineEnd = packet.indexOf("\r\n");
  const line = packet.toString("latin1", 0, 32);
  return /^[A-Z]+ \S+$/.test(line) && (lineEnd === -1 ? packet.length : lineEnd) > MAX_HEADER_BYTES;
}
