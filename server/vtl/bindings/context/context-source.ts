/**
 * Where `$context` comes from: read lazily, one name at a time. Values are JSON-like (strings, booleans, numbers,
 * arrays, plain records); null and undefined are unresolved.
 */
export type ContextSource = {
  get(name: string): unknown;
  keys(): Iterable<string>;
};

/** A ContextSource over a plain nested record such as `{requestId: "…", identity: {sourceIp: "…"}}`. */
export function contextFromRecord(record: Readonly<Record<string, unknown>>): ContextSource {
  return {
    get: (name) => (Object.hasOwn(record, name) ? record[name] : undefined),
    keys: () => Object.keys(record),
  };
}
