import { fullLocation, locationKey, type PartLocation } from "@/server/domain/documentation/part-location";
import { partProperties } from "@/server/domain/documentation/part-properties";
import { DocumentationLookup, repeats } from "@/server/domain/documentation/resolve-documentation";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import type { JsonObject } from "./export-openapi";

type Fits = (properties: JsonObject) => boolean;

/** How documentation parts get into a document. */
export type InlineDocumentation = {
  /** What stands at this place of the document: those of `keys` that its part says. */
  take(given: Partial<PartLocation> & { type: string }, keys: readonly string[], fits?: Fits): JsonObject;
  /** Parts for `x-amazon-apigateway-documentation`. */
  rest(): { location: PartLocation; properties: JsonObject }[];
};

/** Every part exactly once: in its place if that can say all of it, else in the list. An import gives them back. */
export class EveryPartOnce implements InlineDocumentation {
  readonly #open: Map<string, { location: PartLocation; properties: JsonObject }>;
  readonly #lookup: DocumentationLookup;

  constructor(parts: readonly DocumentationPart[]) {
    this.#lookup = new DocumentationLookup(parts);
    this.#open = new Map(
      parts.flatMap(({ location, properties: text }) => {
        const properties = partProperties(text);
        return properties ? [[locationKey(location), { location: fullLocation(location), properties }]] : [];
      }),
    );
  }

  take(
    given: Partial<PartLocation> & { type: string },
    keys: readonly string[],
    fits: Fits = () => true,
  ): JsonObject {
    const key = locationKey(given);
    const entry = this.#open.get(key);
    if (
      !entry ||
      !Object.keys(entry.properties).every((name) => keys.includes(name)) ||
      !fits(entry.properties)
    )
      return {};
    // An import takes what repeats a part above it for that part's: only the list says that it is one of its own.
    if (!repeats(entry.properties, this.#lookup.inherited(given))) this.#open.delete(key);
    return entry.properties;
  }

  rest() {
    return [...this.#open.values()];
  }
}

/**
 * As AWS writes documentation: every place says what holds there, also what it inherits, as far as OpenAPI has a
 * word for it (or `x-`); the list, if asked for, has all parts.
 */
export class InheritedDocumentation implements InlineDocumentation {
  readonly #lookup: DocumentationLookup;
  readonly #parts: readonly DocumentationPart[];

  constructor(parts: readonly DocumentationPart[]) {
    this.#parts = parts;
    this.#lookup = new DocumentationLookup(parts);
  }

  take(given: Partial<PartLocation> & { type: string }, keys: readonly string[]): JsonObject {
    const said = Object.entries(this.#lookup.of(given));
    return Object.fromEntries(said.filter(([key]) => keys.includes(key) || key.startsWith("x-")));
  }

  rest() {
    return new EveryPartOnce(this.#parts).rest();
  }
}
