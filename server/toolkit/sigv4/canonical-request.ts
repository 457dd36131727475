/** What is signed of a request. `path` and `query` are as they were sent, still encoded. */
export type SignedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Value by lower-case name, of the signed headers at least; null if one is missing. */
  readonly header: (name: string) => string | null;
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the body. */
  readonly payloadHash: string;
};

/**
 * The canonical request of Signature Version 4 for services other than S3, whose paths are encoded twice
 * (AWS General Reference, "Create a canonical request").
 */
export function canonicalRequest(request: SignedRequest): string {
  const names = request.signedHeaders;
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${canonicalValue(request.header(name) ?? "")}`),
    "",
    names.join(";"),
    request.payloadHash,
  ].join("\n");
}

/** Empty and dotted segments are resolved and each segment is encoded again. */
export function canonicalPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(encodeText(segment));
  }
  const isOpen = path.endsWith("/") && kept.length > 0;
  return `/${kept.join("/")}${isOpen ? "/" : ""}`;
}

/** Parameters encoded anew and sorted by name, then value; `X-Amz-Signature` is not part of what is signed. */
export function canonicalQuery(query: string): string {
  if (query === "") return "";
  const pairs = query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair): [string, string] => {
      const at = pair.indexOf("=");
      const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
      return [encodeText(decodeText(name)), encodeText(decodeText(value))];
    })
    .filter(([name]) => name !== "X-Amz-Signature");
  pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

function canonicalValue(value: string): string {
  return value.trim().replace(/ +/g, " ");
}

/** RFC 3986: everything but unreserved characters. */
function encodeText(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A plus is a space: AWS's signers write a real one as %2B, and servers that parse a query write spaces so. */
function decodeText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
