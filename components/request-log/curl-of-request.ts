import { shellQuote } from "../shell/shell-quote";

type Recorded = {
  method: string;
  path: string;
  detail: { requestHeaders: readonly (readonly [string, string])[] };
};

/** Curl and the connection say these by themselves. */
const OWN_HEADERS = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "accept-encoding",
  "user-agent",
  "traceparent",
  "tracestate",
]);
const FORWARDED = /^(x-forwarded-|x-amzn-trace-id$|via$)/i;
const MASK = "******";

/**
 * A recorded request as a curl command. Secrets were masked before they were stored: their place is kept, to be filled
 * in. Bodies and query strings are not recorded.
 */
export function curlOfRecorded({ method, path, detail }: Recorded, invokeUrl: string): string {
  const headers = detail.requestHeaders.filter(
    ([name]) => !OWN_HEADERS.has(name.toLowerCase()) && !FORWARDED.test(name),
  );
  const verb = method === "GET" ? "" : method === "HEAD" ? "-I " : `-X ${method} `;
  return [
    // As it was sent: curl would expand brackets, and take dots out of the path.
    `curl -g --path-as-is -i ${verb}${shellQuote(invokeUrl.replace(/\/$/, "") + path)}`,
    ...headers.map(
      ([name, value]) => `-H ${shellQuote(`${name}: ${value === MASK ? placeholder(name) : value}`)}`,
    ),
  ].join(" \\\n  ");
}

const placeholder = (name: string) =>
  name.toLowerCase() === "x-api-key"
    ? "YOUR_KEY"
    : `YOUR_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}`;
