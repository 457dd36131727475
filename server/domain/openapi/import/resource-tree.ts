import type { ApiDefinition } from "@/server/domain/definition";
import { isGreedyPart, isPathPart, isVariablePart } from "@/server/domain/edits/rules/check-path-part";
import type { Resource } from "@/server/gateway/snapshot/api-snapshot";

/** A resource for a path of the source. `renamed` maps the path's variables to the names the tree has for them. */
export type PlacedPath = { readonly resource: Resource; readonly renamed: ReadonlyMap<string, string> };

/** Parts of a path. AWS says no limit; a path of thousands has every resource above its last one, too. */
const MAX_PARTS = 200;

/** The resources of an import, made as paths ask for them. */
export class ResourceTree {
  readonly #definition: ApiDefinition;
  readonly #ids: () => string;
  readonly #root: Resource;
  /** parent's id → path part → child. */
  readonly #children = new Map<string, Map<string, Resource>>();
  /** parent's id → its one child that is a variable. */
  readonly #variables = new Map<string, Resource>();

  constructor(definition: ApiDefinition, ids: () => string) {
    this.#definition = definition;
    this.#ids = ids;
    this.#root = Object.values(definition.resources).find(
      (resource) => resource.parentId === null,
    ) as Resource;
  }

  /**
   * The resource of a path such as `/pets/{petId}`, with those above it. A variable where there is another one
   * already (API Gateway has one per place) takes that one's name. A text is the reason why there can be none.
   */
  place(path: string): PlacedPath | string {
    const parts = path.split("/").filter((part) => part !== "");
    if (parts.length > MAX_PARTS) return `it has more than ${MAX_PARTS} parts`;
    for (const [index, part] of parts.entries()) {
      if (!isPathPart(part)) {
        return `'${part}' cannot be a part of a path: letters, digits and _ - . : , or one variable in braces`;
      }
      if (isGreedyPart(part) && index < parts.length - 1)
        return `${part} takes the rest of a path, so it must be its end`;
    }
    const renamed = new Map<string, string>();
    let at = this.#root;
    const made: Resource[] = [];
    for (const part of parts) {
      const children = this.#childrenOf(at.id);
      let next = children.get(part);
      const variable = !next && isVariablePart(part) ? this.#variables.get(at.id) : undefined;
      if (variable) {
        if (isGreedyPart(variable.pathPart) || isGreedyPart(part)) {
          return `there is already the variable ${variable.pathPart} at the place of ${part}`;
        }
        renamed.set(part.slice(1, -1), variable.pathPart.slice(1, -1));
        next = variable;
      }
      if (!next) {
        next = { id: this.#ids(), parentId: at.id, pathPart: part, resourceMethods: {} };
        made.push(next);
      }
      at = next;
    }
    for (const resource of made) {
      this.#definition.resources[resource.id] = resource;
      const parentId = resource.parentId ?? "";
      this.#childrenOf(parentId).set(resource.pathPart, resource);
      if (isVariablePart(resource.pathPart)) this.#variables.set(parentId, resource);
    }
    return { resource: at, renamed };
  }

  #childrenOf(id: string): Map<string, Resource> {
    const known = this.#children.get(id) ?? new Map<string, Resource>();
    this.#children.set(id, known);
    return known;
  }
}
