import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import type { JsonRecord } from "./source/cursor";

type Location = DocumentationPart["location"];

/** A part's location, where null means "all" (AWS's defaults `/` and `*`) or "not meant". */
export function documentationLocation(given: Partial<Location> & { type: string }): Location {
  return { path: null, method: null, statusCode: null, name: null, ...given };
}

/** The documentation parts of one import: one per location, its properties merged. */
export class Documentation {
  readonly #parts = new Map<string, { location: Location; properties: Record<string, unknown> }>();

  /** Adds properties; those that are there already are replaced. Properties that are undefined are left out. */
  add(given: Partial<Location> & { type: string }, properties: JsonRecord): void {
    const said = Object.entries(properties).filter(([, value]) => value !== undefined);
    if (said.length === 0) return;
    const location = documentationLocation(given);
    const key = canonicalJson(location);
    const part = this.#parts.get(key) ?? { location, properties: {} };
    for (const [name, value] of said) {
      Object.defineProperty(part.properties, name, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    this.#parts.set(key, part);
  }

  /** The parts ordered by location, so that equal documents give equal lists. */
  parts(ids: () => string): DocumentationPart[] {
    return [...this.#parts.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { location, properties }]) => ({
        id: ids(),
        location,
        properties: canonicalJson(properties),
      }));
  }
}
