/** Where a request goes: `origin` is scheme, host and port; `path` has no query; both percent-encoded. */
export type Endpoint = { readonly origin: string; readonly path: string; readonly query: string };

export type PathValues = Readonly<Record<string, string>>;

/** Gives the endpoint for one request's path values; null if what comes out is no http(s) address. */
export type CompiledUri = {
  readonly names: readonly string[];
  resolve(values: PathValues): Endpoint | null;
};

/**
 * Compiles an integration's URI. `${stageVariables.x}` is replaced now (missing ones by nothing, recorded);
 * `{name}` per request. An unknown `{name}` stays, percent-encoded; `${x}` without `stageVariables.` stays too.
 */
export function compileUri(uri: string, stageVariables: Readonly<Record<string, string>>): CompiledUri {
  const staged = uri.replace(/\$\{stageVariables\.([\w.-]+)\}/g, (_, name: string) =>
    Object.hasOwn(stageVariables, name) ? (stageVariables[name] as string) : "",
  );
  const names = [...staged.matchAll(/(?<!\$)\{([\w.$-]+)\+?\}/g)].map((match) => match[1] as string);
  if (names.length === 0) {
    const endpoint = parseEndpoint(staged);
    return { names, resolve: () => endpoint };
  }
  const authorityEnd = staged.search(/(?<=:\/\/[^/?#]*)[/?#]/);
  const authority = authorityEnd < 0 ? staged : staged.slice(0, authorityEnd);
  if (authorityEnd < 0 || /\{/.test(authority)) {
    return { names, resolve: (values) => parseEndpoint(fill(staged, values)) };
  }
  const base = parseEndpoint(authority);
  const rest = staged.slice(authorityEnd);
  return {
    names,
    resolve: (values) => base && { origin: base.origin, ...splitPath(fill(rest, values)) },
  };
}

/** Values are kept inside the part of the URI they stand in: host, path or query. */
function fill(template: string, values: PathValues): string {
  const queryAt = template.indexOf("?");
  const hostEnd = /^https?:\/\/[^/?#]*/i.exec(template)?.[0].length ?? 0;
  return template.replace(/(?<!\$)\{([\w.$-]+)\+?\}/g, (whole, name: string, at: number) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (at < hostEnd) return escapeIn(value, /[^\w.-]/g);
    return queryAt >= 0 && at > queryAt ? escapeIn(value, /[#&+]/g) : escapeIn(value, /[?#]/g);
  });
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
