import http from "node:http";
import type { AddressInfo } from "node:net";

export type SeenInvocation = {
  /** Decoded: an ARN or a name. */
  functionName: string;
  qualifier: string | null;
  invocationType: string;
  headers: http.IncomingHttpHeaders;
  event: unknown;
  payload: string;
};

export type PlayedAnswer = {
  /** The payload: a value as JSON, or a text as it is if `isRaw`. */
  returns?: unknown;
  isRaw?: boolean;
  /** The function fails; `returns` is the error document. */
  functionError?: "Handled" | "Unhandled";
  status?: number;
  delayMs?: number;
  log?: string;
};

export type FunctionServer = {
  url: string;
  seen: SeenInvocation[];
  /** What the next invocations are answered. */
  play: (invocation: SeenInvocation) => PlayedAnswer;
  close: () => Promise<void>;
};

const INVOKE = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?Qualifier=([^&]+))?$/;

/** A server on loopback that speaks Lambda's Invoke; what its functions return is played by the test. */
export async function startFunctionServer(): Promise<FunctionServer> {
  const played: FunctionServer = {
    url: "",
    seen: [],
    play: ({ event }) => ({ returns: event }),
    close: async () => undefined,
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const found = INVOKE.exec(request.url ?? "");
      if (!found || request.method !== "POST") {
        response.writeHead(404).end('{"Message":"no such operation"}');
        return;
      }
      const payload = Buffer.concat(chunks).toString();
      const seen: SeenInvocation = {
        functionName: decodeURIComponent(found[1] as string),
        qualifier: found[2] ? decodeURIComponent(found[2]) : null,
        invocationType: String(request.headers["x-amz-invocation-type"] ?? "RequestResponse"),
        headers: request.headers,
        event: parsedOrNull(payload),
        payload,
      };
      played.seen.push(seen);
      answer(played.play(seen), seen, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  played.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  played.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return played;
}

function answer(played: PlayedAnswer, seen: SeenInvocation, response: http.ServerResponse): void {
  if (seen.invocationType === "Event" && played.status === undefined) {
    response.writeHead(202).end();
    return;
  }
  const { returns, functionError, status = 200, delayMs = 0, log } = played;
  const text = played.isRaw ? String(returns) : (JSON.stringify(returns) ?? "null");
  setTimeout(() => {
    const trace = seen.headers["x-amzn-trace-id"];
    response.writeHead(status, {
      // In the order in which Lambda was recorded to answer.
      Date: new Date().toUTCString(),
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(text),
      Connection: "keep-alive",
      "x-amzn-RequestId": "function-request-id",
      "x-amzn-Remapped-Content-Length": "0",
      "X-Amz-Executed-Version": "$LATEST",
      ...(trace ? { "X-Amzn-Trace-Id": trace } : {}),
      ...(functionError ? { "X-Amz-Function-Error": functionError } : {}),
      ...(log ? { "X-Amz-Log-Result": Buffer.from(log).toString("base64") } : {}),
    });
    response.end(text);
  }, delayMs);
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
