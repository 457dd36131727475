import type { Mapping } from "../compile/compile-request-mappings";
import type { Exchange } from "../exchange";

/** The mapped values by name; absent sources are left out, several values are joined with commas. */
export function valuesOf(exchange: Exchange, mappings: readonly Mapping[]): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  for (const { name, source } of mappings) {
    const value = source(exchange);
    if (value !== undefined) values[name] = typeof value === "string" ? value : value.join(",");
  }
  return values;
}

/** A path with a query: what the URI has, then further pairs, encoded. */
export function appendQuery(
  path: string,
  query: string,
  pairs: ReadonlyMap<string, readonly string[]>,
): string {
  let joined = query;
  for (const [name, values] of pairs) {
    for (const value of values) {
      const pair = `${encodeQueryText(name)}=${encodeQueryText(value)}`;
      joined = joined === "" ? pair : `${joined}&${pair}`;
    }
  }
  return joined === "" ? path : `${path}?${joined}`;
}

function encodeQueryText(text: string): string {
  return /^[\w.~-]*$/.test(text) ? text : encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
}
