import type { ApiDefinition } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import { checkPathPart } from "./check-path-part";

/**
 * What a schema cannot say of a definition that comes in whole: entries are keyed by their own id or name, there is
 * one root, every resource hangs on it, and paths follow AWS's rules.
 *
 * @throws EditError
 */
export function checkDefinitionReferences(definition: ApiDefinition): void {
  const fail = (message: string, path: string[]): never => {
    throw new EditError("BAD_REQUEST", message, path);
  };
  const keyed: [keyof ApiDefinition, Record<string, unknown>, string][] = [
    ["resources", definition.resources, "id"],
    ["models", definition.models, "name"],
    ["requestValidators", definition.requestValidators, "id"],
    ["authorizers", definition.authorizers, "id"],
    ["gatewayResponses", definition.gatewayResponses, "responseType"],
  ];
  for (const [field, entries, own] of keyed) {
    for (const [key, entry] of Object.entries(entries)) {
      if ((entry as Record<string, unknown>)[own] !== key)
        fail(`${field}: ${key} is keyed wrongly`, [field, key]);
    }
  }
  const roots = Object.values(definition.resources).filter((resource) => resource.parentId === null);
  if (roots.length !== 1) fail("A definition has exactly one root resource", ["resources"]);
  for (const resource of Object.values(definition.resources)) {
    if (resource.parentId === null) continue;
    const seen = new Set<string>();
    for (let at = resource; at.parentId !== null; ) {
      if (seen.has(at.id)) fail("Resources cannot be cyclical.", ["resources", resource.id]);
      seen.add(at.id);
      const parent = ownEntry(definition.resources, at.parentId);
      if (!parent) fail("Invalid Resource identifier specified", ["resources", at.id, "parentId"]);
      else at = parent;
    }
    checkPathPart(definition, {
      parentId: resource.parentId,
      pathPart: resource.pathPart,
      resourceId: resource.id,
    });
  }
}
