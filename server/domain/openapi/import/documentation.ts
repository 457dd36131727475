import { fullLocation, locationKey, type PartLocation } from "@/server/domain/documentation/part-location";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import type { JsonRecord } from "./source/cursor";

/** The documentation parts of one import: one per location, its properties merged. */
export class Documentation {
  readonly #parts = new Map<string, { location: PartLocation; properties: Record<string, unknown> }>();

  /** Adds properties; those that are there already are replaced. Properties that are undefined are left out. */
  add(given: Partial<PartLocation> & { type: string }, properties: JsonRecord): void {
    const said = Object.entries(properties).filter(([, value]) => value !== undefined);
    if (said.length === 0) return;
    const location = fullLocation(given);
    const key = locationKey(location);
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
