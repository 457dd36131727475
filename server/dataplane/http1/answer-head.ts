import { STATUS_CODES } from "node:http";

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What would end the line, or is no octet. */
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** These say how this connection is used; the connection says it itself. */
const OWN: ReadonlySet<string> = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);

type NameKind = "sent" | "own" | "date";
/** What is known of header names that were sent before. */
const nameKinds = new Map<string, NameKind>();

function nameKindOf(name: string): NameKind {
  const known = nameKinds.get(name);
  if (known !== undefined) return known;
  if (!TOKEN.test(name)) throw new Error(`${JSON.stringify(name)} is no header name`);
  const lower = name.toLowerCase();
  const kind = lower === "date" ? "date" : OWN.has(lower) ? "own" : "sent";
  if (nameKinds.size < 2_000 && name.length <= 64) nameKinds.set(name, kind);
  return kind;
}

const statusLines = new Map<number, string>();

function statusLineOf(status: number): string {
  let line = statusLines.get(status);
  if (line === undefined) {
    line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n`;
    statusLines.set(status, line);
  }
  return line;
}

let dateSecond = 0;
let dateField = "";

/** The Date field of this second. */
function currentDate(): string {
  const second = Math.floor(Date.now() / 1_000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateField = `Date: ${new Date(second * 1_000).toUTCString()}\r\n`;
  }
  return dateField;
}

/** How the client finds the end of an answer's body. */
export type AnswerFraming = number | "chunked" | "until-close" | "none";

/**
 * Status line and header fields with the empty line, each octet one character.
 *
 * @throws Error if a header would break the message's form
 */
export function answerHead(
  { status, headers }: { status: number; headers: readonly string[] },
  framing: AnswerFraming,
  keepsAlive: boolean,
): string {
  let text = statusLineOf(status);
  let date = "";
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] as string;
    const value = headers[i + 1] as string;
    const kind = nameKindOf(name);
    if (kind === "own") continue;
    if (BAD_VALUE.test(value)) throw new Error(`header ${name} holds a control character`);
    if (kind === "date") date = `${name}: ${value}\r\n`;
    else text += `${name}: ${value}\r\n`;
  }
  if (typeof framing === "number") text += `Content-Length: ${framing}\r\n`;
  else if (framing === "chunked") text += "Transfer-Encoding: chunked\r\n";
  text += date === "" ? currentDate() : date;
  return text + (keepsAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
}
