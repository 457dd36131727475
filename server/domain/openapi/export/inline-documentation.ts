import type { ApiDefinition } from "@/server/domain/definition";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import { documentationLocation } from "../import/documentation";
import type { JsonObject } from "./export-openapi";

type Location = DocumentationPart["location"];

/** Documentation parts on their way into the document: those that fit stand in their place, the rest are left. */
export class InlineDocumentation {
  readonly #open: Map<string, { part: DocumentationPart; properties: JsonObject }>;

  constructor(definition: ApiDefinition) {
    this.#open = new Map(
      definition.documentationParts.map((part) => [
        canonicalJson(part.location),
        { part, properties: JSON.parse(part.properties) as JsonObject },
      ]),
    );
  }

  /** The properties of the part at exactly this location, if it has none but `keys`; they count as written. */
  take(
    given: Partial<Location> & { type: string },
    keys: readonly string[],
    fits: (properties: JsonObject) => boolean = () => true,
  ): JsonObject {
    const key = canonicalJson(documentationLocation(given));
    const entry = this.#open.get(key);
    if (
      !entry ||
      !Object.keys(entry.properties).every((name) => keys.includes(name)) ||
      !fits(entry.properties)
    )
      return {};
    this.#open.delete(key);
    return entry.properties;
  }

  /** Parts that had no place. */
  rest(): { location: Location; properties: JsonObject }[] {
    return [...this.#open.values()].map(({ part, properties }) => ({ location: part.location, properties }));
  }
}
