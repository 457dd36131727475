/** What a request is for: an API, one of its stages, and the path behind it. */
export type GatewayAddress = {
  readonly apiId: string;
  readonly stageName: string;
  /** Behind the stage; at least "/". */
  readonly path: string;
  /** With the stage, as the client sent it. */
  readonly fullPath: string;
  readonly rawQuery: string;
  readonly domainName: string;
};

const MAX_KNOWN_HOSTS = 2_000;
/** Of a domain name with a port. */
const MAX_HOST_LENGTH = 260;
const apiIdByHost = new Map<string, string | null>();

/** Whether a text can be a host with or without a port; "" is what clients without a host's name send. */
export function isAuthority(text: string): boolean {
  return /^(?:[\w.~!$&'()*+,;=%-]*|\[[\da-f:.]+\])(?::\d*)?$/i.test(text);
}

/** The API a Host header names (`{apiId}.execute-api.localhost:8080`); null for any other host. */
function apiIdOfHost(host: string): string | null {
  const known = apiIdByHost.get(host);
  if (known !== undefined) return known;
  const apiId = /^([a-z0-9]+)\.execute-api\./i.exec(host)?.[1]?.toLowerCase() ?? null;
  if (apiIdByHost.size < MAX_KNOWN_HOSTS && host.length <= MAX_HOST_LENGTH) apiIdByHost.set(host, apiId);
  return apiId;
}

/**
 * Reads both kinds of addresses: `http://{apiId}.execute-api.localhost:PORT/{stage}/…` and
 * `http://localhost:PORT/{apiId}/{stage}/…`. Slashes before the stage do not count (recorded). Null if there is
 * not even a stage in it. An absolute target's host counts instead of the Host field (RFC 9112, 3.2.2).
 */
export function readAddress(url: string, hostField: string): GatewayAddress | null {
  let target = url;
  let host = hostField;
  if (target.charCodeAt(0) !== SLASH) {
    const absolute = /^https?:\/\/([^/?#]+)([^#]*)/i.exec(target);
    if (!absolute || !isAuthority(absolute[1] as string)) return null;
    host = absolute[1] as string;
    target = absolute[2] || "/";
  }
  const queryAt = target.indexOf("?");
  const end = queryAt < 0 ? target.length : queryAt;
  const rawQuery = queryAt < 0 ? "" : target.slice(queryAt + 1);

  let at = skipSlashes(target, 0, end);
  let apiId = apiIdOfHost(host);
  let domainName: string;
  if (apiId === null) {
    const stop = segmentEnd(target, at, end);
    apiId = target.slice(at, stop);
    domainName = `${apiId}.execute-api.localhost`;
    at = skipSlashes(target, stop, end);
  } else {
    const portAt = host.indexOf(":");
    domainName = portAt < 0 ? host : host.slice(0, portAt);
  }
  const stop = segmentEnd(target, at, end);
  const stageName = target.slice(at, stop);
  if (apiId === "" || stageName === "") return null;

  const rest = skipSlashes(target, stop, end);
  return {
    apiId,
    stageName,
    path: `/${target.slice(rest, end)}`,
    fullPath: `/${target.slice(at, end)}`,
    rawQuery,
    domainName,
  };
}

const SLASH = 47;

function skipSlashes(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) === SLASH) at++;
  return at;
}

function segmentEnd(text: string, from: number, end: number): number {
  const slash = text.indexOf("/", from);
  return slash < 0 || slash > end ? end : slash;
}
