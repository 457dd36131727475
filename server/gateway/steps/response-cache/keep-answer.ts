import { utf8FromText } from "@/server/toolkit/utf8";
import { headerOf } from "../../context/request-headers";
import type { Exchange } from "../../exchange";
import type { AnswerBody, ByteStream } from "../../http-message";
import type { CacheLease, ResponseCache } from "../../ports";
import { upstreamFailure } from "../upstream-failure";

/** The largest body AWS keeps (developer guide, API caching). */
const MAX_CACHED_BYTES = 1_048_576;

/** Headers that belong to one request. */
const OWN_HEADERS: ReadonlySet<string> = new Set(["x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id"]);

/**
 * Parts of an answer and "not modified" answer one client's own conditions; kept, they would reach clients that made
 * none. AWS says nothing of them.
 */
const CONDITIONAL: ReadonlySet<number> = new Set([206, 304]);

/** The task to keep an answer. */
type Keeping = { readonly lease: CacheLease; readonly responseCache: ResponseCache };

/** Hands a mapped answer to the cache, or the lease back. A stream is read as far as an entry may be large. */
export function keepAnswer(exchange: Exchange, keeping: Keeping): void | Promise<void> {
  const { body, status } = exchange;
  if (CONDITIONAL.has(status)) return giveBack(exchange, keeping, `status ${status}`);
  if (!isStream(body)) return keepWhole(exchange, keeping, body);
  return gather(exchange, keeping, body);
}

function giveBack(exchange: Exchange, { lease, responseCache }: Keeping, reason: string): void {
  responseCache.release(lease);
  if (exchange.trace) exchange.note = { summary: `not kept: ${reason}` };
}

const TOO_LARGE = `more than ${MAX_CACHED_BYTES} bytes`;

function keepWhole(exchange: Exchange, keeping: Keeping, body: string | Uint8Array | null): void {
  const bytes = typeof body === "string" ? utf8FromText(body) : body;
  if (bytes && bytes.length > MAX_CACHED_BYTES) {
    giveBack(exchange, keeping, TOO_LARGE);
    return;
  }
  const answer = { status: exchange.status, headers: sharedHeaders(exchange), body: bytes };
  keeping.responseCache.keep(keeping.lease, answer);
  if (exchange.trace) exchange.note = { summary: "kept" };
}

async function gather(exchange: Exchange, keeping: Keeping, stream: ByteStream): Promise<void> {
  const source = stream[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      pieces.push(next.value);
      size += next.value.length;
      if (size <= MAX_CACHED_BYTES) continue;
      giveBack(exchange, keeping, TOO_LARGE);
      exchange.body = {
        [Symbol.asyncIterator]: () => rejoined(pieces, source),
        destroy: () => stream.destroy?.(),
      };
      return;
    }
  } catch (error) {
    throw upstreamFailure(error);
  }
  const whole = joined(pieces, size);
  exchange.body = whole;
  keepWhole(exchange, keeping, whole);
}

async function* rejoined(
  pieces: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* pieces;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function isStream(body: AnswerBody): body is ByteStream {
  return body !== null && typeof body !== "string" && !(body instanceof Uint8Array);
}

function sharedHeaders({ headers }: Exchange): string[] {
  const shared: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] as string;
    if (!OWN_HEADERS.has(name.toLowerCase())) shared.push(name, headers[i + 1] as string);
  }
  return shared;
}

/** Whether a client can read an answer as it is kept: back ends may have packed it for another one. */
export function canRead(exchange: Exchange, headers: readonly string[]): boolean {
  const coding = headerOf(headers, "content-encoding")?.trim().toLowerCase() ?? "identity";
  if (coding === "identity" || coding === "") return true;
  const accepted = headerOf(exchange.request.headers, "accept-encoding")?.toLowerCase() ?? "";
  return accepted.split(",").some((entry) => {
    const [name = "", weight = ""] = entry.split(";").map((part) => part.trim());
    return (name === coding || name === "*") && !/^q=0(\.0*)?$/.test(weight);
  });
}
