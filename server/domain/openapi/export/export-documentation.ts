import type { ExportContext, JsonObject } from "./export-openapi";

/** The documentation parts that have no place in the document itself, such as those for every method of a path. */
export function exportDocumentation({ documentation }: ExportContext): JsonObject {
  const parts = documentation.rest().map(({ location, properties }) => ({
    location: Object.fromEntries(Object.entries(location).filter(([, value]) => value !== null)),
    properties,
  }));
  return parts.length > 0 ? { "x-amazon-apigateway-documentation": { documentationParts: parts } } : {};
}
