import type { ApiDefinition } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";

const LITERAL = /^[a-zA-Z0-9._\-:,]+$/;
const VARIABLE = /^\{[a-zA-Z0-9._\-:]+\+?\}$/;

/** Whether a path part is `{name}` or `{name+}`. */
export const isVariablePart = (pathPart: string) => pathPart.startsWith("{");
/** Whether a path part is `{name+}`, which takes the rest of the path. */
export const isGreedyPart = (pathPart: string) => pathPart.endsWith("+}");

/** Whether AWS accepts the text as one segment of a resource's path. */
export const isPathPart = (pathPart: string) => LITERAL.test(pathPart) || VARIABLE.test(pathPart);

/**
 * AWS's rules for a resource under a parent (recorded messages): the characters, no child under a greedy variable,
 * one variable and no equal name among siblings. `resourceId` is left out of the siblings (renaming, moving).
 *
 * @throws EditError
 */
export function checkPathPart(
  definition: ApiDefinition,
  placed: { parentId: string; pathPart: string; resourceId: string },
): void {
  const path = ["resources", placed.resourceId, "pathPart"];
  if (!isPathPart(placed.pathPart)) {
    throw new EditError(
      "BAD_REQUEST",
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
      path,
    );
  }
  const parent = ownEntry(definition.resources, placed.parentId);
  if (parent && isGreedyPart(parent.pathPart))
    throw new EditError("BAD_REQUEST", greedyParent(parent.pathPart), path);
  for (const sibling of Object.values(definition.resources)) {
    if (sibling.parentId !== placed.parentId || sibling.id === placed.resourceId) continue;
    if (sibling.pathPart === placed.pathPart) {
      throw new EditError(
        "CONFLICT",
        `Another resource with the same parent already has this name: ${placed.pathPart}`,
        path,
      );
    }
    if (isVariablePart(sibling.pathPart) && isVariablePart(placed.pathPart)) {
      throw new EditError(
        "BAD_REQUEST",
        `A sibling (${sibling.pathPart}) of this resource already has a variable path part -- only one is allowed`,
        path,
      );
    }
  }
}

/** AWS's message for a child below `{proxy+}`. */
export const greedyParent = (pathPart: string) =>
  `Cannot create a child of a resource with a greedy path variable: ${pathPart}`;
