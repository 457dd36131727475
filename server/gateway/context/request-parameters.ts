import { isHiddenRequestHeader } from "../headers/header-rules";
import { headerTextFromWire } from "../headers/header-text";
import type { HeaderList, HttpRequest } from "../http-message";

type Texts = Readonly<Record<string, string>>;
type TextLists = Readonly<Record<string, readonly string[]>>;

/** A method request's parameters. Single values are the last of several (recorded). Records have no prototype. */
export type RequestParameters = {
  readonly path: Texts;
  readonly query: Texts;
  readonly queryLists: TextLists;
  /** Names as the client spelled them; headers the gateway keeps to itself are not there. */
  readonly headers: Texts;
  readonly headerLists: TextLists;
};

export class RequestParametersOf implements RequestParameters {
  #queryLists: TextLists | null = null;
  #query: Texts | null = null;
  #headerLists: TextLists | null = null;
  #headers: Texts | null = null;

  constructor(
    private readonly request: HttpRequest,
    readonly path: Texts,
  ) {}

  get queryLists(): TextLists {
    this.#queryLists ??= parseQuery(this.request.rawQuery);
    return this.#queryLists;
  }
  get query(): Texts {
    this.#query ??= lastOfEach(this.queryLists);
    return this.#query;
  }
  get headerLists(): TextLists {
    this.#headerLists ??= visibleHeaders(headersWithForwarded(this.request));
    return this.#headerLists;
  }
  get headers(): Texts {
    this.#headers ??= this.#headerLists
      ? lastOfEach(this.#headerLists)
      : lastHeaders(headersWithForwarded(this.request));
    return this.#headers;
  }
}

/** Pairs of a query string, decoded; `+` is a space, `;` separates as `&` does. Broken escapes stay as they are. */
export function parseQuery(rawQuery: string): Record<string, string[]> {
  const lists: Record<string, string[]> = Object.create(null);
  if (rawQuery === "") return lists;
  for (const pair of rawQuery.split(/[&;]/)) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const name = decodeFormText(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? "" : decodeFormText(pair.slice(at + 1));
    const list = lists[name];
    if (list) list.push(value);
    else lists[name] = [value];
  }
  return lists;
}

function decodeFormText(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

const FORWARDED = /^x-forwarded-(for|port|proto)$/i;

/**
 * The headers with the gateway's own X-Forwarded ones. The peer is added to a client's X-Forwarded-For; a client's
 * -Port and -Proto are replaced, since they describe another connection.
 */
function headersWithForwarded({ headers, forwarded, sourceIp }: HttpRequest): HeaderList {
  if (!forwarded) return headers;
  const list: string[] = [];
  let forwardedFor = "";
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] as string;
    const value = headers[i + 1] as string;
    const isForwarded =
      (name.length === 15 || name.length === 16 || name.length === 17) && FORWARDED.test(name);
    if (!isForwarded) list.push(name, value);
    else if (name.length === 15) forwardedFor = forwardedFor === "" ? value : `${forwardedFor}, ${value}`;
  }
  list.push("X-Forwarded-For", forwardedFor === "" ? sourceIp : `${forwardedFor}, ${sourceIp}`);
  list.push("X-Forwarded-Port", String(forwarded.port), "X-Forwarded-Proto", forwarded.protocol);
  return list;
}

function visibleHeaders(headers: HeaderList): Record<string, string[]> {
  const lists: Record<string, string[]> = Object.create(null);
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] as string;
    if (isHiddenRequestHeader(name)) continue;
    const value = headerTextFromWire(headers[i + 1] as string);
    const list = lists[name];
    if (list) list.push(value);
    else lists[name] = [value];
  }
  return lists;
}

function lastHeaders(headers: HeaderList): Record<string, string> {
  const single: Record<string, string> = Object.create(null);
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] as string;
    if (!isHiddenRequestHeader(name)) single[name] = headerTextFromWire(headers[i + 1] as string);
  }
  return single;
}

function lastOfEach(lists: TextLists): Record<string, string> {
  const single: Record<string, string> = Object.create(null);
  for (const name in lists) {
    const list = lists[name] as readonly string[];
    single[name] = list[list.length - 1] as string;
  }
  return single;
}
