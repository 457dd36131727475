import type { UpstreamRequest } from "@/server/gateway/ports";

/** The request cannot be written as HTTP/1.1. */
export class UnsendableRequestError extends Error {
  readonly code = "UNSENDABLE_REQUEST";
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const BAD_PATH = /[^\x21-\xff]/;
/** What would end the line, or is no octet. */
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** These say how this connection is used; the connection says it itself. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
]);
const EXPECTS_BODY: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/** What is known of header names that were sent before. */
type NameKind = "sent" | "own" | "host";
const nameKinds = new Map<string, NameKind>();

function nameKindOf(name: string): NameKind {
  const known = nameKinds.get(name);
  if (known !== undefined) return known;
  if (!TOKEN.test(name)) throw new UnsendableRequestError("a header name is no token");
  const lower = name.toLowerCase();
  const kind = lower === "host" ? "host" : OWN_HEADERS.has(lower) ? "own" : "sent";
  if (nameKinds.size < 2_000 && name.length <= 64) nameKinds.set(name, kind);
  return kind;
}

/**
 * Request line and header fields with the empty line, each octet one character.
 *
 * @param host for the Host field, unless the request has one
 * @param bodyBytes length of the body; null: it is sent in chunks
 * @throws UnsendableRequestError if a part would break the message's form
 */
export function requestHead(request: UpstreamRequest, host: string, bodyBytes: number | null): string {
  const { method, path, headers } = request;
  if (!TOKEN.test(method)) throw new UnsendableRequestError("the method is no token");
  if (path === "" || BAD_PATH.test(path))
    throw new UnsendableRequestError("the path holds a blank or a control character");
  let fields = "";
  let hostField = "";
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] as string;
    const value = headers[i + 1] as string;
    const kind = nameKindOf(name);
    if (kind === "own") continue;
    if (BAD_VALUE.test(value)) throw new UnsendableRequestError(`header ${name} holds a control character`);
    if (kind === "host") hostField = value;
    else fields += `${name}: ${value}\r\n`;
  }
  const framing =
    bodyBytes === null
      ? "Transfer-Encoding: chunked\r\n"
      : bodyBytes > 0 || EXPECTS_BODY.has(method)
        ? `Content-Length: ${bodyBytes}\r\n`
        : "";
  return `${method} ${path} HTTP/1.1\r\nHost: ${hostField || host}\r\nConnection: keep-alive\r\n${framing}${fields}\r\n`;
}
