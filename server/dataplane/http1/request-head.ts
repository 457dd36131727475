import { METHODS } from "node:http";
import { hasOption, trimmed } from "@/server/adapters/http1/field-values";
import { MAX_HEADER_BYTES } from "@/server/gateway/limits";
import { isAuthority } from "../listeners/address";

/** A request that is answered with a status and the end of its connection, whoever it was for. */
export class RequestFault extends Error {
  constructor(readonly status: number) {
    super(`request refused with ${status}`);
  }
}

export type RequestHead = {
  readonly method: string;
  /** As it stands in the request line. */
  readonly target: string;
  /** 0 or 1, of HTTP/1.x. */
  readonly minorVersion: number;
  /** Name, value, name, value …, each octet one character. */
  readonly headers: readonly string[];
  readonly host: string;
  /** Bytes of the body; 0: there is none; null: it comes in chunks. */
  readonly bodyBytes: number | null;
  /** Whether the client wants to send more requests on this connection. */
  readonly keepsAlive: boolean;
  /** The client waits for `100 Continue`. */
  readonly isWaiting: boolean;
  readonly hasCookies: boolean;
  /** The verb of X-HTTP-Method-Override, which counts instead of the request line's; null if there is none. */
  readonly methodOverride: string | null;
};

/** Request line and header fields may each have MAX_HEADER_BYTES. */
const MAX_HEAD_BYTES = 2 * MAX_HEADER_BYTES;
const KNOWN_METHODS: ReadonlySet<string> = new Set(METHODS);
const OVERRIDE_VERBS: ReadonlySet<string> = new Set([
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
]);
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Control characters in a value, the tab excepted. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BAD_VALUE = /[\0-\x08\x0a-\x1f\x7f]/;
const BAD_TARGET = /[^\x21-\x7e]/;
const TARGET_BEGINS = /^(?:\/|\*$|[a-z]+:\/\/)/i;

const MEANT = [
  "host",
  "content-length",
  "transfer-encoding",
  "connection",
  "expect",
  "cookie",
  "x-http-method-override",
] as const;
type Meaning = (typeof MEANT)[number] | null;

/** Names seen before: the check and the lower case are spared. */
const meanings = new Map<string, Meaning>();

function meaningOf(name: string): Meaning {
  const known = meanings.get(name);
  if (known !== undefined) return known;
  if (!TOKEN.test(name)) throw new RequestFault(400);
  const lower = name.toLowerCase();
  const meaning = MEANT.find((one) => one === lower) ?? null;
  if (meanings.size < 2_000 && name.length <= 64) meanings.set(name, meaning);
  return meaning;
}

/**
 * Reads request line and header fields. Where two readers may understand a request differently it is refused (RFC 9112):
 * folded lines, bare line breaks, two lengths or two Hosts, a length beside chunks, chunks from an HTTP/1.0 client, a
 * coding around the chunks that nobody here could take off.
 *
 * @param text the head without the empty line at its end, each octet one character
 * @throws RequestFault
 */
export function parseRequestHead(text: string): RequestHead {
  // Line ends that are none may make a long way of the end of the head.
  if (text.length > MAX_HEAD_BYTES) checkPartialHead(text);
  let at = text.indexOf("\r\n");
  if (at === -1) at = text.length;
  const { method, target, minorVersion } = parseRequestLine(text.slice(0, at));
  const headers: string[] = [];
  let headerBytes = 0;
  let hosts = 0;
  let host = "";
  let length = -1;
  let coding: string | null = null;
  let connection = "";
  let expectation = "";
  let hasCookies = false;
  let methodOverride: string | null = null;
  for (at += 2; at < text.length; ) {
    let end = text.indexOf("\r\n", at);
    if (end === -1) end = text.length;
    const colon = text.indexOf(":", at);
    if (colon === -1 || colon > end) throw new RequestFault(400);
    const name = text.slice(at, colon);
    const value = trimmed(text, colon + 1, end);
    if (BAD_VALUE.test(value)) throw new RequestFault(400);
    headers.push(name, value);
    headerBytes += name.length + value.length;
    at = end + 2;
    switch (meaningOf(name)) {
      case null:
        break;
      case "host":
        hosts++;
        host = value;
        break;
      case "content-length":
        if (length !== -1) throw new RequestFault(400);
        length = parseLength(value);
        break;
      case "transfer-encoding":
        coding = coding === null ? value : `${coding}, ${value}`;
        break;
      case "connection":
        connection = connection === "" ? value : `${connection},${value}`;
        break;
      case "expect":
        expectation = value.toLowerCase();
        break;
      case "cookie":
        hasCookies = true;
        break;
      case "x-http-method-override":
        if (OVERRIDE_VERBS.has(value.toUpperCase())) methodOverride = value.toUpperCase();
    }
  }
  if (headerBytes > MAX_HEADER_BYTES) throw new RequestFault(431);
  if (hosts > 1 || (hosts === 0 && minorVersion === 1) || !isAuthority(host)) throw new RequestFault(400);
  if (coding !== null) checkCoding(coding, { minorVersion, hasLength: length !== -1 });
  if (method === "CONNECT") throw new RequestFault(405);
  const isWaiting = expectation === "100-continue";
  if (expectation !== "" && !isWaiting) throw new RequestFault(417);
  return {
    method,
    target,
    minorVersion,
    headers,
    host,
    bodyBytes: coding === null ? Math.max(length, 0) : null,
    keepsAlive: minorVersion === 1 ? !hasOption(connection, "close") : hasOption(connection, "keep-alive"),
    isWaiting,
    hasCookies,
    methodOverride,
  };
}

function parseRequestLine(line: string): { method: string; target: string; minorVersion: number } {
  const first = line.indexOf(" ");
  if (first === -1) throw new RequestFault(400);
  const method = line.slice(0, first);
  if (!KNOWN_METHODS.has(method)) throw new RequestFault(400);
  const second = line.indexOf(" ", first + 1);
  // HTTP/0.9 has no version.
  const target = line.slice(first + 1, second === -1 ? line.length : second);
  if (BAD_TARGET.test(target)) throw new RequestFault(400);
  if (second === -1) throw new RequestFault(target === "" ? 400 : 505);
  const version = line.slice(second + 1);
  if (version !== "HTTP/1.1" && version !== "HTTP/1.0")
    throw new RequestFault(version === "HTTP/2.0" || version === "HTTP/0.9" ? 505 : 400);
  if (method !== "CONNECT" && !TARGET_BEGINS.test(target)) throw new RequestFault(400);
  if (target.length > MAX_HEADER_BYTES) throw new RequestFault(414);
  return { method, target, minorVersion: version === "HTTP/1.1" ? 1 : 0 };
}

function checkCoding(
  coding: string,
  { minorVersion, hasLength }: { minorVersion: number; hasLength: boolean },
): void {
  const codings = coding.split(",").map((one) => one.trim().toLowerCase());
  const isChunkedOnce = codings.indexOf("chunked") === codings.length - 1;
  if (hasLength || minorVersion === 0 || !isChunkedOnce) throw new RequestFault(400);
  if (codings.length > 1) throw new RequestFault(501);
}

function parseLength(value: string): number {
  const length = Number(value);
  if (!/^\d{1,16}$/.test(value) || !Number.isSafeInteger(length)) throw new RequestFault(400);
  return length;
}

/**
 * Looks at a head whose end has not come yet: what can become no request, or none that is short enough, is refused at
 * once and not after the time limit.
 *
 * @param text what has come, each octet one character
 * @throws RequestFault
 */
export function checkPartialHead(text: string): void {
  const space = text.indexOf(" ");
  const method = space === -1 ? text : text.slice(0, space);
  const isBegun =
    space === -1 ? METHODS.some((known) => known.startsWith(method)) : KNOWN_METHODS.has(method);
  if (!isBegun) throw new RequestFault(400);
  if (/(?:^|[^\r])\n/.test(text)) throw new RequestFault(400);
  if (text.length <= MAX_HEAD_BYTES) return;
  const lineEnd = text.indexOf("\r\n");
  throw new RequestFault((lineEnd === -1 ? text.length : lineEnd) > MAX_HEADER_BYTES ? 414 : 431);
}
