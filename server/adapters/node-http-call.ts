import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { MAX_PAYLOAD_BYTES } from "@/server/gateway/limits";
import { type UpstreamAnswer, UpstreamError, type UpstreamRequest } from "@/server/gateway/ports";
import { failureOf } from "./upstream-call";

/** undici refuses to send these; AWS sends a mapped Upgrade (recorded: header remapping). */
export function needsNodeHttp({ headers }: UpstreamRequest): boolean {
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length === 7 && name.toLowerCase() === "upgrade") return true;
  }
  return false;
}

/** The rare call undici cannot make, over node:http: one connection, the answer whole. */
export async function sendWithNodeHttp(request: UpstreamRequest): Promise<UpstreamAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  const { body } = request;
  const headers: string[] = [];
  if (!hasHost(request)) headers.push("Host", new URL(request.origin).host);
  for (let i = 0; i + 1 < request.headers.length; i += 2) {
    const name = request.headers[i] as string;
    // Node sends a Trailer header only with trailers, and there never are any.
    if (name.toLowerCase() !== "trailer") headers.push(name, request.headers[i + 1] as string);
  }
  if (body === null) headers.push("Content-Length", "0");
  else if (typeof body === "string" || body instanceof Uint8Array)
    headers.push("Content-Length", String(Buffer.byteLength(body)));
  else headers.push("Transfer-Encoding", "chunked");
  const client = request.origin.startsWith("https:") ? https : http;
  const call = client.request(request.origin + request.path, {
    method: request.method,
    headers,
    agent: false,
    signal,
    rejectUnauthorized: !request.skipTlsVerification,
  });
  try {
    const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
      call.once("response", resolve);
      call.once("upgrade", () => reject(new UpstreamError("network", "the back end switched protocols")));
      call.once("error", reject);
    });
    if (body === null || typeof body === "string" || body instanceof Uint8Array) call.end(body ?? undefined);
    else await pipeline(Readable.from(body), call);
    const message = await answer;
    return { status: message.statusCode ?? 502, headers: message.rawHeaders, body: await wholeBody(message) };
  } catch (error) {
    call.destroy();
    if (error instanceof UpstreamError) throw error;
    if (signal.aborted) throw new UpstreamError("timeout", `no answer within ${request.timeoutMs} ms`);
    throw failureOf(error as Error);
  }
}

async function wholeBody(message: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_PAYLOAD_BYTES)
      throw new UpstreamError("size", `more than ${MAX_PAYLOAD_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, sizeBytes);
}

function hasHost({ headers }: UpstreamRequest): boolean {
  return headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
}
