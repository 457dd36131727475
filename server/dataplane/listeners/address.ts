import type { CustomDomain, CustomDomains } from "../domains/custom-domains";

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
  /** The domain name and base path it was found by; null for an API's own addresses. */
  readonly customDomain: MatchedDomain | null;
};

type MatchedDomain = {
  readonly domain: CustomDomain;
  readonly basePathMatched: string;
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
 * not even a stage in it, and for a base path that a custom domain name does not have. An absolute target's host counts instead of the Host field (RFC 9112, 3.2.2).
 */
export function readAddress(url: string, hostField: string, domains: CustomDomains): GatewayAddress | null {
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
    const domain = domains.find(host);
    if (domain) return domainAddress(domain, { target, end, at, rawQuery, host });
    const stop = segmentEnd(target, at, end);
    apiId = target.slice(at, stop);
    domainName = `${apiId}.execute-api.localhost`;
    at = skipSlashes(target, stop, end);
  } else {
    domainName = withoutPort(host);
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
    customDomain: null,
  };
}

/**
 * The address behind a custom domain name: its longest base path that the path begins with, in whole segments; a mapping
 * without a stage leaves the stage to the next segment.
 */
function domainAddress(
  domain: CustomDomain,
  of: { target: string; end: number; at: number; rawQuery: string; host: string },
): GatewayAddress | null {
  const { target, end } = of;
  let mapping = domain.mappings.get("");
  let matchedTo = of.at;
  let stop = of.at;
  for (let depth = 0; depth < domain.maxDepth && stop < end; depth++) {
    stop = segmentEnd(target, depth === 0 ? stop : stop + 1, end);
    const found = domain.mappings.get(target.slice(of.at, stop));
    if (!found) continue;
    mapping = found;
    matchedTo = stop;
  }
  if (!mapping) return null;
  let rest = skipSlashes(target, matchedTo, end);
  let stageName = mapping.stage;
  if (stageName === null) {
    const stageEnd = segmentEnd(target, rest, end);
    stageName = target.slice(rest, stageEnd);
    if (stageName === "") return null;
    rest = skipSlashes(target, stageEnd, end);
  }
  return {
    apiId: mapping.restApiId,
    stageName,
    path: `/${target.slice(rest, end)}`,
    fullPath: `/${target.slice(of.at, end)}`,
    rawQuery: of.rawQuery,
    domainName: withoutPort(of.host),
    customDomain: { domain, basePathMatched: mapping.basePath },
  };
}

function withoutPort(host: string): string {
  const portAt = host.indexOf(":");
  return portAt < 0 ? host : host.slice(0, portAt);
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
