import type { PartLocation } from "@/server/domain/documentation/part-location";
import type { ExportContext, JsonObject } from "./export-openapi";

/** The list of documentation parts: those that have no place in the document itself, or, as AWS writes it, all. */
export function exportDocumentation({ documentation, options }: ExportContext): JsonObject {
  const parts = documentation.rest().map(({ location, properties }) => ({
    location: shortLocation(location),
    properties,
  }));
  return parts.length > 0
    ? { "x-amazon-apigateway-documentation": { ...options.documentationVersion, documentationParts: parts } }
    : {};
}

/** AWS leaves out the path of the root, which is its default. */
function shortLocation({ type, path, method, statusCode, name }: PartLocation): JsonObject {
  const fields = Object.entries({ type, path: path === "/" ? null : path, method, statusCode, name });
  return Object.fromEntries(fields.filter(([, value]) => value !== null));
}
