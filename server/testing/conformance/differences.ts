import type { Expected } from "./case-file";
import type { RawAnswer } from "./raw-request";
import type { SeenRequest } from "./stub-backend";

type Pairs = [string, string][];
/** Connection-level names, and those Node adds by itself. */
const FRAMING = new Set(["connection", "keep-alive", "transfer-encoding"]);

/** Everything in which an answer is not the expected one, as sentences. */
export function differences(expected: Expected, answer: RawAnswer, seen: SeenRequest | undefined): string[] {
  const found: string[] = [];
  const { status } = expected;
  const ok =
    status === undefined ||
    (typeof status === "number"
      ? answer.status === status
      : status.split("|").includes(`${Math.floor(answer.status / 100)}xx`));
  if (!ok) found.push(`status ${answer.status} instead of ${status}`);
  found.push(...headerDifferences(expected, answer.headers));
  found.push(...bodyDifferences(expected, answer.body));
  if (expected.backendRequest) {
    if (seen) found.push(...backendDifferences(expected.backendRequest, seen));
    else found.push("the back end was not called");
  }
  return found;
}

function headerDifferences(
  expected: Omit<Expected, "body" | "status" | "backendRequest">,
  headers: Pairs,
): string[] {
  const found: string[] = [];
  const get = (name: string) =>
    headers.filter(([n]) => n.toLowerCase() === name.toLowerCase()).map(([, v]) => v);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    if (get(name).join(", ") !== String(value))
      found.push(`header ${name}: ${JSON.stringify(get(name))} instead of ${value}`);
  }
  for (const name of expected.headersPresent ?? [])
    if (get(name).length === 0) found.push(`header ${name} is missing`);
  for (const name of expected.headersAbsent ?? [])
    if (get(name).length > 0) found.push(`header ${name} should not be there`);
  for (const [name, pattern] of Object.entries(expected.headersRegex ?? {})) {
    if (!new RegExp(pattern).test(get(name).join(", ")))
      found.push(`header ${name} does not match ${pattern}`);
  }
  if (expected.headerNamesExact) {
    const names = (list: string[]) =>
      [...new Set(list.map((n) => n.toLowerCase()))]
        .filter((n) => !FRAMING.has(n))
        .sort()
        .join(" ");
    const has = names(headers.map(([n]) => n));
    const wants = names(expected.headerNamesExact);
    if (has !== wants) found.push(`header names: ${has} instead of ${wants}`);
  }
  return found;
}

function bodyDifferences(expected: Expected, body: Buffer): string[] {
  const text = body.toString();
  const tidy = (t: string) => (expected.normalizeWhitespace ? t.replace(/\s+/g, " ").trim() : t);
  const found: string[] = [];
  if (expected.body !== undefined && tidy(text) !== tidy(expected.body))
    found.push(`body ${JSON.stringify(text)} instead of ${JSON.stringify(expected.body)}`);
  if (expected.bodyBase64 !== undefined && body.toString("base64") !== expected.bodyBase64)
    found.push(
      `body bytes ${body.toString("base64").slice(0, 60)} instead of ${expected.bodyBase64.slice(0, 60)}`,
    );
  const json = parsed(text);
  if (expected.bodyJson !== undefined && !isEqual(json, expected.bodyJson))
    found.push(`body ${text} instead of ${JSON.stringify(expected.bodyJson)}`);
  if (expected.bodyJsonSubset !== undefined && !contains(json, expected.bodyJsonSubset))
    found.push(`body ${text} lacks ${JSON.stringify(expected.bodyJsonSubset)}`);
  for (const [path, value] of Object.entries(expected.bodyJsonParts ?? {})) {
    const part = path
      .split(".")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], json);
    if (!isEqual(isJsonText(value) ? parsed(String(part)) : part, isJsonText(value) ? value.$json : value))
      found.push(`body.${path}: ${JSON.stringify(part)} instead of ${JSON.stringify(value)}`);
  }
  return found;
}

function backendDifferences(expected: NonNullable<Expected["backendRequest"]>, seen: SeenRequest): string[] {
  const url = new URL(seen.url, "http://stub");
  const path = seen.url.split("?")[0] as string;
  const found = headerDifferences(expected, seen.headers).map((d) => `to the back end: ${d}`);
  const multi: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) multi[name] = [...(multi[name] ?? []), value];
  const joined = Object.fromEntries(Object.entries(multi).map(([name, values]) => [name, values.join(",")]));
  const check = (what: string, has: unknown, wants: unknown) => {
    if (wants !== undefined && !isEqual(has, wants))
      found.push(`to the back end: ${what} ${JSON.stringify(has)} instead of ${JSON.stringify(wants)}`);
  };
  check("method", seen.method, expected.method);
  if (expected.path?.endsWith(" (or percent-encoded)"))
    check("path", decodeURIComponent(path), expected.path.split(" ")[0]);
  else check("path", path, expected.path);
  check("query", joined, expected.queryJoined);
  check("query", multi, expected.queryMulti);
  check("body", seen.body.toString(), expected.body);
  check("body", seen.body.toString("base64"), expected.bodyBase64);
  check("body", parsed(seen.body.toString()), expected.bodyJson);
  return found;
}

/** `{"$json": X}`: a text whose JSON parse is X. */
function isJsonText(value: unknown): value is { $json: unknown } {
  return typeof value === "object" && value !== null && Object.keys(value).join() === "$json";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

function contains(has: unknown, wants: unknown): boolean {
  if (typeof wants !== "object" || wants === null || Array.isArray(wants)) return isEqual(has, wants);
  if (typeof has !== "object" || has === null) return false;
  return Object.entries(wants).every(([key, value]) =>
    contains((has as Record<string, unknown>)[key], value),
  );
}
