import type { HeaderList } from "../http-message";

/** Headers whose values open doors; logs show that they were there. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "x-amz-security-token",
]);
const SECRET_NAME = /token|secret|password|api[-_]?key|signature|credential/i;
const MASK = "******";

/** What a log may show of a header's or a parameter's value. */
export function maskedValue(name: string, value: string): string {
  return SECRET_HEADERS.has(name.toLowerCase()) || SECRET_NAME.test(name) ? MASK : value;
}

/** Pairs of name and value with secrets masked. */
export function maskedPairs(pairs: Iterable<readonly [string, string]>): [string, string][] {
  return [...pairs].map(([name, value]) => [name, maskedValue(name, value)]);
}

/** At most `maxLength` characters of what a client sent, as PostgreSQL and a line of a file can hold it. */
export function storableText(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(/[\p{Cc}\p{Cs}]/gu, "\uFFFD");
}

/** A URL of a log without the values of its query string. */
export function withoutQuery(text: string): string {
  return text.replace(/\?[^\s"'}]*/g, "?…");
}

/** `HeaderList` as masked pairs. */
export const maskedHeaders = (headers: HeaderList) => maskedPairs(headerPairs(headers));

export function headerPairs(headers: HeaderList): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    pairs.push([headers[i] as string, headers[i + 1] as string]);
  }
  return pairs;
}
