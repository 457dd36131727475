/**
 * Which headers pass, vanish or are renamed (recorded: header remapping tests on regional APIs, developer guide
 * "known issues"). All sets hold lower-case names.
 */

/** Neither templates nor mappings nor back ends see these of the client's headers. */
const HIDDEN_REQUEST = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "transfer-encoding",
  "trailer",
  "upgrade",
  "www-authenticate",
]);

/** HTTP_PROXY keeps these from the back end as well; Host is set anew. */
const NOT_PROXIED_REQUEST = new Set([
  ...HIDDEN_REQUEST,
  "host",
  "content-encoding",
  "via",
  "keep-alive",
  "proxy-connection",
  "x-amzn-trace-id",
  "x-amzn-apigateway-api-id",
  // It has done its work at the gateway; a back end gets it only by a mapping (guide: known issues).
  "x-http-method-override",
]);

/** A mapping onto one of these fails every call, for any integration. */
const ILLEGAL_MAPPED = new Set([
  "content-length",
  "transfer-encoding",
  "x-amzn-trace-id",
  "x-amzn-apigateway-api-id",
]);
const ILLEGAL_MAPPED_AWS = new Set(["authorization", "connection", "expect", "proxy-authenticate", "te"]);

/** A mapping onto one of these is silently dropped towards HTTP back ends. */
const DROPPED_MAPPED_HTTP = new Set(["connection", "expect", "proxy-authenticate", "te", "via"]);

/** Response headers that a mapping can only set under the name `x-amzn-Remapped-…`. */
const REMAPPED_RESPONSE = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-md5",
  "date",
  "expect",
  "host",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "trailer",
  "upgrade",
  "user-agent",
  "www-authenticate",
]);

/** Of a proxied back end's headers: renamed … */
const REMAPPED_PROXY_RESPONSE = new Set([
  "connection",
  "content-length",
  "date",
  "server",
  "x-amzn-requestid",
  "authorization",
  "content-md5",
  "max-forwards",
  "user-agent",
  "www-authenticate",
]);
/** … or dropped. */
const DROPPED_PROXY_RESPONSE = new Set([
  "transfer-encoding",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "te",
  "trailer",
  "upgrade",
  "via",
]);

const lowerCaseNames = new Map<string, string>();

/** Lower case of a header name; remembers the few hundred names that occur. */
export function lowerName(name: string): string {
  const known = lowerCaseNames.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  if (lowerCaseNames.size < 2_000) lowerCaseNames.set(name, lower);
  return lower;
}

const hiddenNames = new Map<string, boolean>();

export function isHiddenRequestHeader(name: string): boolean {
  const known = hiddenNames.get(name);
  if (known !== undefined) return known;
  const isHidden = HIDDEN_REQUEST.has(lowerName(name));
  if (hiddenNames.size < 2_000) hiddenNames.set(name, isHidden);
  return isHidden;
}

const proxiedNames = new Map<string, boolean>();

/** Whether HTTP_PROXY hands this header of the client on; the gateway's own two are set anew. */
export function isProxiedRequestHeader(name: string): boolean {
  const known = proxiedNames.get(name);
  if (known !== undefined) return known;
  const isProxied = !NOT_PROXIED_REQUEST.has(lowerName(name));
  if (proxiedNames.size < 2_000) proxiedNames.set(name, isProxied);
  return isProxied;
}

export function isIllegalMappedHeader(name: string, integration: "http" | "aws"): boolean {
  const lower = lowerName(name);
  return ILLEGAL_MAPPED.has(lower) || (integration === "aws" && ILLEGAL_MAPPED_AWS.has(lower));
}

export function isDroppedMappedHeader(name: string): boolean {
  return DROPPED_MAPPED_HTTP.has(lowerName(name));
}

/** The name a mapped response header is sent under; null if it is not sent. */
export function mappedResponseHeaderName(name: string): string | null {
  const lower = lowerName(name);
  if (lower === "transfer-encoding") return null;
  return REMAPPED_RESPONSE.has(lower) ? `x-amzn-Remapped-${name}` : name;
}

const proxyNames = new Map<string, string | null>();

/** The name a proxied back end's header is sent under; null if it is not sent. */
export function proxiedResponseHeaderName(name: string): string | null {
  const known = proxyNames.get(name);
  if (known !== undefined) return known;
  const lower = lowerName(name);
  let sentAs: string | null = name;
  if (DROPPED_PROXY_RESPONSE.has(lower)) sentAs = null;
  else if (REMAPPED_PROXY_RESPONSE.has(lower)) sentAs = `x-amzn-Remapped-${name}`;
  if (proxyNames.size < 2_000) proxyNames.set(name, sentAs);
  return sentAs;
}
