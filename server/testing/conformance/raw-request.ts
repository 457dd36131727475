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
      const answer = parseAnswer(Buffer.concat(chunks), false);
      if (answer) {
        clearTimeout(timer);
        socket.destroy();
        resolve(answer);
      }
    });
    socket.on("error", reject);
    socket.on("close", () => {
      clearTimeout(timer);
      const answer = parseAnswer(Buffer.concat(chunks), true);
      if (answer) resolve(answer);
      else reject(new Error("the connection closed without a complete answer"));
    });
  });
}

function parseAnswer(bytes: Buffer, isClosed: boolean): RawAnswer | null {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const [statusLine = "", ...lines] = bytes.subarray(0, headEnd).toString("latin1").split("\r\n");
  const status = Number(statusLine.split(" ")[1]);
  if (status < 200) return parseAnswer(bytes.subarray(headEnd + 4), isClosed);
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(":");
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
  const find = (name: string) => headers.find(([n]) => n.toLowerCase() === name)?.[1];
  const rest = bytes.subarray(headEnd + 4);
  if (find("transfer-encoding") === "chunked") {
    const body = dechunk(rest);
    return body && { status, headers, body };
  }
  const length = find("content-length");
  if (length === undefined && status !== 204 && status !== 304)
    return isClosed ? { status, headers, body: rest } : null;
  const sizeBytes = status === 204 || status === 304 ? 0 : Number(length);
  return rest.length >= sizeBytes ? { status, headers, body: rest.subarray(0, sizeBytes) } : null;
}

function dechunk(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const sizeBytes = Number.parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16);
    if (sizeBytes === 0) return Buffer.concat(parts);
    if (bytes.length < lineEnd + 2 + sizeBytes + 2) return null;
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + sizeBytes));
    at = lineEnd + 2 + sizeBytes + 2;
  }
}
