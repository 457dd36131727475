import { locationFault, locationKey } from "@/server/domain/documentation/part-location";
import { partProperties } from "@/server/domain/documentation/part-properties";
import { EditError } from "@/server/domain/errors";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";

/**
 * A location its type can have, properties that are a JSON object, and no other part at the same place.
 *
 * @throws EditError
 */
export function checkDocumentationPart(parts: readonly DocumentationPart[], part: DocumentationPart): void {
  const path = ["documentationParts", part.id];
  const fault = locationFault(part.location);
  if (fault) throw new EditError("BAD_REQUEST", fault, [...path, "location"]);
  if (!partProperties(part.properties)) {
    throw new EditError("BAD_REQUEST", "Documentation properties must be a JSON object", [
      ...path,
      "properties",
    ]);
  }
  const key = locationKey(part.location);
  if (parts.some((other) => other.id !== part.id && locationKey(other.location) === key)) {
    throw new EditError("CONFLICT", "Documentation part already exists for the specified location", [
      ...path,
      "location",
    ]);
  }
}
