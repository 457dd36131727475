import type { InvokeCase } from "./case-file";
import { maskedDifferences } from "./masked";

type Event = Record<string, unknown> & { headers?: Record<string, string> };

/** The account of the recordings is not the node's. */
const RECORDED_ACCOUNT = "111111111111";
const OWN_ACCOUNT = "000000000000";
/** Recorded at the edge, or by a client that was told not to send it. */
const IGNORED = /^(accept-encoding|cloudfront-.*|via|x-amz-cf-id)$/i;

/** In which the event a function got differs from the recorded one. */
export function functionEventDifferences(
  { masks = [] }: InvokeCase,
  wanted: Event | undefined,
  event: unknown,
): string[] {
  if (!wanted) return [];
  if (!event) return ["the function was not called"];
  const expected: Event = JSON.parse(JSON.stringify(wanted).replaceAll(RECORDED_ACCOUNT, OWN_ACCOUNT));
  if ("headerNamesExact" in expected) return partialDifferences(event as Event, expected);
  const given = event as Event & { multiValueHeaders: Record<string, unknown> };
  const shown = {
    ...given,
    headers: withoutPort(withoutIgnored(given.headers ?? {})),
    multiValueHeaders: withoutPort(withoutIgnored(given.multiValueHeaders)),
  };
  return maskedDifferences(shown, expected, { masks: new Set(masks), path: "event" });
}

function partialDifferences(event: Event, expected: Event): string[] {
  const found: string[] = [];
  const headers = event.headers ?? {};
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    if (headers[name] !== value) found.push(`event header ${name}: ${headers[name]} instead of ${value}`);
  }
  const names = Object.keys(headers).sort().join(" ");
  const wanted = [...(expected.headerNamesExact as string[])].sort().join(" ");
  if (names !== wanted) found.push(`event header names: ${names} instead of ${wanted}`);
  if ("body" in expected && event.body !== expected.body) found.push("the event's body differs");
  return found;
}

/** The node's port is in Host; AWS has none to show. */
function withoutPort(headers: Record<string, unknown>): Record<string, unknown> {
  const bare = (host: unknown) => String(host).replace(/:\d+$/, "");
  const { Host } = headers;
  return { ...headers, Host: Array.isArray(Host) ? Host.map(bare) : bare(Host) };
}

function withoutIgnored<T>(headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !IGNORED.test(name)));
}
