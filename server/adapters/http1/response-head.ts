import { hasOption, trimmed } from "./field-values";

/** How the end of an answer's body is found (RFC 9112, section 6.3). */
export type BodyFraming =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly bytes: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "until-close" };

export type ResponseHead = {
  readonly status: number;
  /** Name, value, name, value …, each octet one character. */
  readonly headers: string[];
  readonly framing: BodyFraming;
  /** How long the connection may wait for its next request, in ms; 0: it is closed after this answer. */
  readonly keepAliveMs: number;
};

/** The back end does not speak HTTP/1.1, or so that its answer could be read in two ways. */
export class BrokenResponseError extends Error {
  readonly code = "BROKEN_RESPONSE";
}

const DEFAULT_KEEP_ALIVE_MS = 4_000;
const MAX_KEEP_ALIVE_MS = 600_000;

const NO_BODY: BodyFraming = { kind: "none" };
const CHUNKED: BodyFraming = { kind: "chunked" };
const UNTIL_CLOSE: BodyFraming = { kind: "until-close" };

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Control characters in a value, the tab excepted. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BAD_VALUE = /[\0-\x08\x0a-\x1f\x7f]/;

type Meaning = "content-length" | "transfer-encoding" | "connection" | "keep-alive" | null;
const MEANT: ReadonlySet<string> = new Set([
  "content-length",
  "transfer-encoding",
  "connection",
  "keep-alive",
]);

/** Names seen before: the check and the lower case are spared. */
const meanings = new Map<string, Meaning>();

function meaningOf(name: string): Meaning {
  const known = meanings.get(name);
  if (known !== undefined) return known;
  if (!TOKEN.test(name)) throw new BrokenResponseError("a header name is no token");
  const lower = name.toLowerCase();
  const meaning = MEANT.has(lower) ? (lower as Meaning) : null;
  if (meanings.size < 2_000 && name.length <= 64) meanings.set(name, meaning);
  return meaning;
}

/**
 * Reads status line and header fields, strictly: no folded lines, no bare line breaks, one length at most and no length
 * beside a transfer coding, since whatever two readers may understand differently can be used to smuggle answers.
 *
 * @param text the head without the empty line at its end, each octet one character
 * @param method of the request: an answer to HEAD has no body
 * @throws BrokenResponseError
 */
export function parseResponseHead(text: string, method: string): ResponseHead {
  const statusEnd = text.indexOf("\r\n");
  const statusLine = statusEnd === -1 ? text : text.slice(0, statusEnd);
  const { status, isOld } = parseStatusLine(statusLine);
  const headers: string[] = [];
  let length = -1;
  let isChunked = false;
  let connection = "";
  let keepAlive = "";
  let at = statusEnd === -1 ? text.length : statusEnd + 2;
  while (at < text.length) {
    let end = text.indexOf("\r\n", at);
    if (end === -1) end = text.length;
    const colon = text.indexOf(":", at);
    if (colon === -1 || colon > end) throw new BrokenResponseError("a header line has no colon");
    const name = text.slice(at, colon);
    const value = trimmed(text, colon + 1, end);
    if (BAD_VALUE.test(value)) throw new BrokenResponseError(`header ${name} holds a control character`);
    headers.push(name, value);
    switch (meaningOf(name)) {
      case null:
        break;
      case "content-length":
        if (length !== -1) throw new BrokenResponseError("more than one Content-Length");
        length = parseLength(value);
        break;
      case "transfer-encoding":
        if (isChunked || value.toLowerCase() !== "chunked")
          throw new BrokenResponseError("a Transfer-Encoding other than chunked");
        isChunked = true;
        break;
      case "connection":
        connection = connection === "" ? value : `${connection},${value}`;
        break;
      case "keep-alive":
        keepAlive = value;
    }
    at = end + 2;
  }
  if (isChunked && length !== -1) throw new BrokenResponseError("both Content-Length and Transfer-Encoding");
  const hasNoBody = method === "HEAD" || status < 200 || status === 204 || status === 304;
  const framing = hasNoBody
    ? NO_BODY
    : isChunked
      ? CHUNKED
      : length !== -1
        ? { kind: "length" as const, bytes: length }
        : UNTIL_CLOSE;
  // Back ends that frame an answer so may well send more than is read.
  const isOddlyFramed = isChunked ? isOld || status === 204 : status === 204 && length > 0;
  const isKept =
    !isOddlyFramed && (isOld ? hasOption(connection, "keep-alive") : !hasOption(connection, "close"));
  return {
    status,
    headers,
    framing,
    keepAliveMs: isKept && framing !== UNTIL_CLOSE ? keepAliveMsOf(keepAlive) : 0,
  };
}

/** `HTTP/1.1 200 OK`; the reason may be missing. */
function parseStatusLine(line: string): { status: number; isOld: boolean } {
  const version = line.slice(0, 9);
  const digits = line.slice(9, 12);
  const status = Number(digits);
  const isOld = version === "HTTP/1.0 ";
  const isRead =
    (isOld || version === "HTTP/1.1 ") &&
    status >= 100 &&
    /^\d{3}$/.test(digits) &&
    (line.length === 12 || line.charCodeAt(12) === 0x20) &&
    !BAD_VALUE.test(line);
  if (!isRead) throw new BrokenResponseError("the answer does not begin with an HTTP/1.1 status line");
  return { status, isOld };
}

function parseLength(value: string): number {
  const length = Number(value);
  if (!/^\d{1,16}$/.test(value) || !Number.isSafeInteger(length))
    throw new BrokenResponseError("Content-Length is no number");
  return length;
}

/** A second less than the back end says it waits, so that the two do not meet on the way. */
function keepAliveMsOf(header: string): number {
  if (header === "") return DEFAULT_KEEP_ALIVE_MS;
  const seconds = /(?:^|[,;\s])timeout=(\d{1,9})/i.exec(header)?.[1];
  if (seconds === undefined) return DEFAULT_KEEP_ALIVE_MS;
  return Math.min(Math.max(Number(seconds) * 1_000 - 1_000, 0), MAX_KEEP_ALIVE_MS);
}
