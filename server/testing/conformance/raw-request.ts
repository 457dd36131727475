import net from "node:net";

export type RawAnswer = { status: number; headers: [string, string][]; body: Buffer };

/** Sends bytes over a socket and reads one answer: no HTTP client in between tidies anything up. */
export function sendRaw(port: number, request: string | Buffer, timeoutMs = 10_000): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1", () => socket.write(request));
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => socket.destroy(new Error("no complete answer in time")), timeoutMs);
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      const read = readRawAnswer(Buffer.concat(chunks), { isClosed: false });
      if (read) {
        clearTimeout(timer);
        socket.destroy();
        resolve(read.answer);
      }
    });
    socket.on("error", reject);
    socket.on("close", () => {
      clearTimeout(timer);
      const read = readRawAnswer(Buffer.concat(chunks), { isClosed: true });
      if (read) resolve(read.answer);
      else reject(new Error("the connection closed without a complete answer"));
    });
  });
}

type ReadAnswer = { answer: RawAnswer; sizeBytes: number };

/** The first final answer in the bytes and how many they were; null if it is not whole yet. */
export function readRawAnswer(
  bytes: Buffer,
  { isClosed, isHead = false }: { isClosed: boolean; isHead?: boolean },
): ReadAnswer | null {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const [statusLine = "", ...lines] = bytes.subarray(0, headEnd).toString("latin1").split("\r\n");
  const status = Number(statusLine.split(" ")[1]);
  const from = headEnd + 4;
  if (status < 200) {
    const read = readRawAnswer(bytes.subarray(from), { isClosed, isHead });
    return read && { ...read, sizeBytes: read.sizeBytes + from };
  }
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(":");
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
  const find = (name: string) => headers.find(([n]) => n.toLowerCase() === name)?.[1];
  const rest = bytes.subarray(from);
  const whole = (body: Buffer, bodyBytes: number): ReadAnswer => ({
    answer: { status, headers, body },
    sizeBytes: from + bodyBytes,
  });
  if (isHead || status === 204 || status === 304) return whole(Buffer.alloc(0), 0);
  if (find("transfer-encoding") === "chunked") {
    const read = dechunk(rest);
    return read && whole(read.body, read.sizeBytes);
  }
  const length = find("content-length");
  if (length === undefined) return isClosed ? whole(rest, rest.length) : null;
  const bodyBytes = Number(length);
  return rest.length >= bodyBytes ? whole(rest.subarray(0, bodyBytes), bodyBytes) : null;
}

function dechunk(bytes: Buffer): { body: Buffer; sizeBytes: number } | null {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const sizeBytes = Number.parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16);
    const end = lineEnd + 2 + sizeBytes + 2;
    if (bytes.length < end) return null;
    if (sizeBytes === 0) return { body: Buffer.concat(parts), sizeBytes: end };
    parts.push(bytes.subarray(lineEnd + 2, end - 2));
    at = end;
  }
}
