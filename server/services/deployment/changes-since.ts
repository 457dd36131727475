import { type ApiDefinition, emptyDefinition } from "@/server/domain/definition";
import { diffDefinitions } from "@/server/domain/diff/diff-definitions";
import type { DiffEntry } from "@/server/domain/diff/diff-entry";

/** What changed since a deployment; since nothing (null), everything that an empty API does not have. */
export function changesSince(before: ApiDefinition | null, after: ApiDefinition): DiffEntry[] {
  return diffDefinitions(before ?? emptyLike(after), after);
}

function emptyLike(definition: ApiDefinition): ApiDefinition {
  const root = Object.values(definition.resources).find((resource) => resource.parentId === null);
  const { name, description } = definition;
  const empty = emptyDefinition({ name, description, rootId: root?.id ?? "root" });
  // An imported API never had the models that a new one begins with: they are not "gone".
  const models = Object.entries(empty.models).filter(([model]) => Object.hasOwn(definition.models, model));
  return { ...empty, models: Object.fromEntries(models) };
}
