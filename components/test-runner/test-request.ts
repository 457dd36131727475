import type { TestInvokeRequest } from "@/server/gateway/test-invoke";
import { shellQuote } from "../shell/shell-quote";

export type Pair = { name: string; value: string };

/** What the form of a test run holds. Rows may be half typed: they count once they have a name. */
export type TestRequest = {
  /** The verb to call with; differs from the method's only for ANY. */
  verb: string;
  path: Record<string, string>;
  query: Pair[];
  headers: Pair[];
  body: string;
  /** The stage whose variables are used; null is none. */
  stageName: string | null;
};

/** `petId` and `proxy` of `/pets/{petId}/{proxy+}`. */
export function pathNames(path: string): string[] {
  return Array.from(path.matchAll(/\{([^}+]+)\+?\}/g), (match) => match[1] ?? "");
}

/** A form to begin with: everything that the method declares, empty. */
export function emptyRequest(input: {
  httpMethod: string;
  declared: Readonly<Record<string, boolean>>;
}): TestRequest {
  const named = (place: string) =>
    Object.entries(input.declared)
      .filter(([key, isRequired]) => isRequired && key.startsWith(`method.request.${place}.`))
      .map(([key]) => ({ name: key.slice(`method.request.${place}.`.length), value: "" }));
  return {
    verb: input.httpMethod === "ANY" ? "GET" : input.httpMethod,
    path: {},
    query: named("querystring"),
    headers: named("header"),
    body: "",
    stageName: null,
  };
}

/** Names with their values; a name that is there twice keeps all of them, in order. */
export function multiValues(pairs: readonly Pair[]): Record<string, string | string[]> {
  const values = new Map<string, string[]>();
  for (const { name, value } of pairs) {
    const key = name.trim();
    if (key) values.set(key, [...(values.get(key) ?? []), value]);
  }
  return Object.fromEntries(
    Array.from(values, ([name, all]) => [name, all.length === 1 ? (all[0] ?? "") : all]),
  );
}

export function pairsOf(values: Readonly<Record<string, string | readonly string[]>>): Pair[] {
  return Object.entries(values).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one) => ({ name, value: one })),
  );
}

/** The form as the gateway takes it. Path variables that were left empty keep their placeholder, as on AWS. */
export function invokeRequestOf(
  form: TestRequest,
  target: { resourceId: string; path: string },
): TestInvokeRequest {
  const given = pathNames(target.path).flatMap((name) => (form.path[name] ? [[name, form.path[name]]] : []));
  return {
    httpMethod: form.verb,
    resourceId: target.resourceId,
    pathParameters: Object.fromEntries(given),
    query: multiValues(form.query),
    headers: multiValues(form.headers),
    ...(form.body ? { body: form.body } : {}),
  };
}

/** The path with its variables and the query string filled in, e.g. `/pets/7?limit=3`. */
export function filledPath(form: TestRequest, path: string): string {
  const filled = path.replace(/\{([^}+]+)(\+?)\}/g, (whole, name: string, greedy: string) => {
    const value = form.path[name];
    if (!value) return whole;
    return greedy ? value.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value);
  });
  const query = form.query
    .filter(({ name }) => name.trim())
    .map(({ name, value }) => `${encodeURIComponent(name.trim())}=${encodeURIComponent(value)}`)
    .join("&");
  return query ? `${filled}?${query}` : filled;
}

/** The same call with curl, to a stage's URL. A key is never filled in. */
export function curlOfRequest(
  form: TestRequest,
  target: { path: string; invokeUrl: string; needsKey: boolean },
): string {
  const headers = form.headers.filter(({ name }) => name.trim());
  const has = (name: string) => headers.some((header) => header.name.trim().toLowerCase() === name);
  const lines = [
    `curl -i ${form.verb === "HEAD" ? "-I " : form.verb === "GET" ? "" : `-X ${form.verb} `}${shellQuote(
      target.invokeUrl.replace(/\/$/, "") + filledPath(form, target.path),
    )}`,
    ...headers.map(({ name, value }) => `-H ${shellQuote(`${name.trim()}: ${value}`)}`),
    ...(target.needsKey && !has("x-api-key") ? ["-H 'x-api-key: YOUR_KEY'"] : []),
    ...(form.body && !has("content-type") ? ["-H 'content-type: application/json'"] : []),
    ...(form.body ? [`--data-raw ${shellQuote(form.body)}`] : []),
  ];
  return lines.join(" \\\n  ");
}
