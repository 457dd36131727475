import type { IncomingMessage, ServerResponse } from "node:http";
import { type AnswerBody, type ByteStream, closeBody } from "@/server/gateway/http-message";
import { LINGER_MS, markClosing } from "./closing-connections";

/** A client's request as node:http has it, and where its answer goes. */
export type ClientExchange = {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  /** Whether the request announced a body. */
  readonly hasBody: boolean;
};

/** An answer on its way: `headers` may be added to. */
export type WritableAnswer = { status: number; headers: string[]; body: AnswerBody };

/** Calls `done` with the number of body bytes once the answer is handed to the socket. */
export function writeAnswer(
  { message, response, hasBody }: ClientExchange,
  answer: WritableAnswer,
  done: (bytesSent: number) => void,
): void {
  const { status, headers, body } = answer;
  // A body nobody read stands in the way of the next request on this connection.
  const isUnread = hasBody && !message.complete;
  if (isUnread) headers.push("Connection", "close");
  if (headers.at(-2) === "Connection") markClosing(message.socket);

  if (body !== null && typeof body !== "string" && !(body instanceof Uint8Array)) {
    response.writeHead(status, headers);
    void writeStream(response, body).then(done);
    return;
  }
  const sizeBytes = body === null ? 0 : typeof body === "string" ? Buffer.byteLength(body) : body.length;
  if (status !== 204 && status !== 304) headers.push("Content-Length", String(sizeBytes));
  response.writeHead(status, headers);
  if (isUnread) {
    if (sizeBytes > 0) response.write(body);
    else response.flushHeaders();
    endAfterBody(message, response);
  } else {
    endWith(response, body, sizeBytes);
  }
  done(sizeBytes);
}

/** Takes in what the client still sends, for a while: a reset would keep it from reading the answer. */
function endAfterBody(message: IncomingMessage, response: ServerResponse): void {
  const { socket } = message;
  const end = () => {
    clearTimeout(timer);
    message.off("end", end).off("close", end);
    socket.off("end", end);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  message.on("end", end).on("close", end);
  socket.on("end", end);
  message.resume();
}

const ONE_WRITE_BYTES = 16_384;

/**
 * Node joins header and body into one write if the body is a Latin-1 string. Any other string would make it write
 * the header as UTF-8 too, which spoils header values that are bytes already.
 */
function endWith(response: ServerResponse, body: string | Uint8Array | null, sizeBytes: number): void {
  if (body === null || sizeBytes === 0) response.end();
  else if (typeof body === "string") {
    if (sizeBytes === body.length) response.end(body, "latin1");
    else response.end(Buffer.from(body));
  } else if (Buffer.isBuffer(body) && sizeBytes <= ONE_WRITE_BYTES) {
    response.end(body.toString("latin1"), "latin1");
  } else {
    response.end(body);
  }
}

/** Writes a stream at the pace the client reads. A stream that breaks off ends the connection: no other way to tell. */
async function writeStream(response: ServerResponse, body: ByteStream): Promise<number> {
  const cancel = () => closeBody(body);
  response.once("close", cancel);
  let bytesSent = 0;
  try {
    for await (const chunk of body) {
      if (response.destroyed) break;
      bytesSent += chunk.length;
      if (!response.write(chunk)) await drained(response);
    }
    response.end();
  } catch {
    response.destroy();
  } finally {
    response.off("close", cancel);
  }
  return bytesSent;
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off("drain", settle);
      response.off("close", settle);
      resolve();
    };
    response.on("drain", settle);
    response.on("close", settle);
    if (response.destroyed) settle();
  });
}
