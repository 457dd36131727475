import type { ApiDefinition } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import type { Resource } from "@/server/gateway/snapshot/api-snapshot";
import { checkAmongSiblings, isVariablePart } from "./check-path-part";

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
  const clashes = possibleClashes(definition);
  for (const resource of Object.values(definition.resources)) {
    if (resource.parentId === null) continue;
    checkAncestors(definition, resource);
    const { id: resourceId, parentId, pathPart } = resource;
    const siblings = clashes.get(clashKey(resource)) ?? [];
    checkAmongSiblings(definition, { resourceId, parentId, pathPart }, siblings);
  }
}

function checkAncestors(definition: ApiDefinition, resource: Resource): void {
  const seen = new Set<string>();
  for (let at = resource; at.parentId !== null; ) {
    if (seen.has(at.id)) {
      throw new EditError("BAD_REQUEST", "Resources cannot be cyclical.", ["resources", resource.id]);
    }
    seen.add(at.id);
    const parent = ownEntry(definition.resources, at.parentId);
    if (!parent) {
      throw new EditError("BAD_REQUEST", "Invalid Resource identifier specified", [
        "resources",
        at.id,
        "parentId",
      ]);
    }
    at = parent;
  }
}

/** Siblings with the same key cannot stand beside each other: the same name, or variables both. */
const clashKey = ({ parentId, pathPart }: Resource) =>
  JSON.stringify([parentId, isVariablePart(pathPart) ? "{}" : pathPart]);

/** Comparing each resource only with those it may clash with: 6,000 under one parent are no trouble. */
function possibleClashes(definition: ApiDefinition): Map<string, Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of Object.values(definition.resources)) {
    const key = clashKey(resource);
    const group = groups.get(key);
    if (group) group.push(resource);
    else groups.set(key, [resource]);
  }
  return groups;
}
