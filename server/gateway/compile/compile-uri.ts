/** Where a request goes: `origin` is scheme, host and port; `path` has no query; both percent-encoded. */
export type Endpoint = { readonly origin: string; readonly path: string; readonly query: string };

export type PathValues = Readonly<Record<string, string>>;

/** Gives the endpoint for one request's path values; null if what comes out is no http(s) address. */
export type CompiledUri = {
  readonly names: readonly string[];
  resolve(values: PathValues): Endpoint | null;
};

const NAME_IN_URI = /(?<!\$)\{([\w.$-]+)\+?\}/g;

/**
 * Compiles an integration's URI. `${stageVariables.x}` is replaced now (missing ones by nothing, recorded);
 * `{name}` per request. An unknown `{name}` stays, percent-encoded; `${x}` without `stageVariables.` stays too.
 */
export function compileUri(uri: string, stageVariables: Readonly<Record<string, string>>): CompiledUri {
  const staged = uri.replace(/\$\{stageVariables\.([\w.-]+)\}/g, (_, name: string) =>
    Object.hasOwn(stageVariables, name) ? (stageVariables[name] as string) : "",
  );
  const names = [...staged.matchAll(NAME_IN_URI)].map((match) => match[1] as string);
  if (names.length === 0) {
    const endpoint = parseEndpoint(staged);
    return { names, resolve: () => endpoint };
  }
  const authorityEnd = staged.search(/(?<=:\/\/[^/?#]*)[/?#]/);
  const authority = authorityEnd < 0 ? staged : staged.slice(0, authorityEnd);
  if (authorityEnd < 0 || /\{/.test(authority)) {
    const parts = splitUri(staged);
    return { names, resolve: (values) => parseEndpoint(fill(parts, values)) };
  }
  const base = parseEndpoint(authority);
  const rest = splitUri(staged.slice(authorityEnd));
  return {
    names,
    resolve: (values) => base && { origin: base.origin, ...splitPath(fill(rest, values)) },
  };
}

/** Text and names in turn: text, name, text …; each name with what would lead out of its part of the URI. */
type UriParts = { readonly texts: readonly string[]; readonly slots: readonly UriSlot[] };
type UriSlot = { readonly name: string; readonly written: string; readonly separators: RegExp };

/** Values are kept inside the part of the URI they stand in: host, path or query. */
function splitUri(template: string): UriParts {
  const queryAt = template.indexOf("?");
  const hostEnd = /^https?:\/\/[^/?#]*/i.exec(template)?.[0].length ?? 0;
  const texts: string[] = [];
  const slots: UriSlot[] = [];
  let at = 0;
  for (const match of template.matchAll(NAME_IN_URI)) {
    texts.push(template.slice(at, match.index));
    const isInQuery = queryAt >= 0 && match.index > queryAt;
    const separators = match.index < hostEnd ? /[^\w.-]/g : isInQuery ? /[#&+]/g : /[?#]/g;
    slots.push({ name: match[1] as string, written: match[0], separators });
    at = match.index + match[0].length;
  }
  texts.push(template.slice(at));
  return { texts, slots };
}

function fill({ texts, slots }: UriParts, values: PathValues): string {
  let uri = texts[0] as string;
  for (let i = 0; i < slots.length; i++) {
    const { name, written, separators } = slots[i] as UriSlot;
    const value = values[name];
    uri += (value === undefined ? written : escapeIn(value, separators)) + (texts[i + 1] as string);
  }
  return uri;
}

function escapeIn(value: string, separators: RegExp): string {
  return value.replace(separators, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Percent-encodes what a request target may not contain; what is encoded already stays. */
function encodeTarget(text: string): string {
  if (!/[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]/.test(text)) return text;
  return text.replace(/[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+/gu, (part) => {
    let encoded = "";
    for (const byte of new TextEncoder().encode(part)) {
      encoded += `%${byte < 16 ? "0" : ""}${byte.toString(16).toUpperCase()}`;
    }
    return encoded;
  });
}

function splitPath(rest: string): { path: string; query: string } {
  const hashAt = rest.indexOf("#");
  const target = encodeTarget(hashAt < 0 ? rest : rest.slice(0, hashAt));
  const queryAt = target.indexOf("?");
  const path = queryAt < 0 ? target : target.slice(0, queryAt);
  return {
    path: path.startsWith("/") ? path : `/${path}`,
    query: queryAt < 0 ? "" : target.slice(queryAt + 1),
  };
}

function parseEndpoint(uri: string): Endpoint | null {
  const parts = /^(https?):\/\/([^/?#\s@\\]+)((?:[/?#][\s\S]*)?)$/i.exec(uri.trim());
  if (!parts) return null;
  let origin: string;
  try {
    const url = new URL(`${parts[1]}://${parts[2]}`);
    if (url.hostname === "") return null;
    origin = url.origin;
  } catch {
    return null;
  }
  return { origin, ...splitPath(parts[3] as string) };
}
