import { fullLocation, locationKey, type PartLocation } from "@/server/domain/documentation/part-location";
import { DocumentationLookup, repeats } from "@/server/domain/documentation/resolve-documentation";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import type { JsonRecord } from "./source/cursor";

type Given = Partial<PartLocation> & { type: string };
type Collected = Map<string, { location: PartLocation; properties: Record<string, unknown> }>;

/**
 * The documentation parts of one import: one per location. What stands in the list of parts wins over what stands in
 * place, and what stands in place makes no part where it only repeats what the list's parts hand down, as AWS's
 * exports have it.
 */
export class Documentation {
  readonly #inPlace: Collected = new Map();
  readonly #listed: Collected = new Map();

  /** Adds what stands in place. Properties that are undefined are left out. */
  add(given: Given, properties: JsonRecord): void {
    collect(this.#inPlace, given, properties);
  }

  /** Adds a part of the list. */
  addListed(given: Given, properties: JsonRecord): void {
    collect(this.#listed, given, properties);
    // An empty part says something, too: nothing is handed down to its place.
    const location = fullLocation(given);
    const key = locationKey(location);
    if (!this.#listed.has(key)) this.#listed.set(key, { location, properties: {} });
  }

  /** The parts ordered by location, so that equal documents give equal lists. */
  parts(ids: () => string): DocumentationPart[] {
    const all: Collected = new Map(this.#listed);
    const lookup = new DocumentationLookup([...this.#listed.values()].map(written));
    for (const [key, { location, properties }] of this.#inPlace) {
      const listed = all.get(key);
      if (listed) all.set(key, { location, properties: { ...properties, ...listed.properties } });
      else if (!repeats(properties, lookup.inherited(location))) all.set(key, { location, properties });
    }
    return [...all.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, part]) => ({ ...written(part), id: ids() }));
  }
}

const written = (part: { location: PartLocation; properties: JsonRecord }): DocumentationPart => ({
  id: "",
  location: part.location,
  properties: canonicalJson(part.properties),
});

function collect(into: Collected, given: Given, properties: JsonRecord): void {
  const said = Object.entries(properties).filter(([, value]) => value !== undefined);
  if (said.length === 0) return;
  const location = fullLocation(given);
  const key = locationKey(location);
  const part = into.get(key) ?? { location, properties: {} };
  for (const [name, value] of said) {
    Object.defineProperty(part.properties, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  into.set(key, part);
}
