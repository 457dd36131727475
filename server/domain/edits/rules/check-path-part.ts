import type { ApiDefinition } from "@/server/domain/definition";
import { EditError, type EditErrorCode } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import type { Resource } from "@/server/gateway/snapshot/api-snapshot";

const LITERAL = /^[a-zA-Z0-9._\-:,]+$/;
const VARIABLE = /^\{[a-zA-Z0-9._\-:]+\+?\}$/;

/** Whether a path part is `{name}` or `{name+}`. */
export const isVariablePart = (pathPart: string) => pathPart.startsWith("{");
/** Whether a path part is `{name+}`, which takes the rest of the path. */
export const isGreedyPart = (pathPart: string) => pathPart.endsWith("+}");

/** Whether AWS accepts the text as one segment of a resource's path. */
export const isPathPart = (pathPart: string) => LITERAL.test(pathPart) || VARIABLE.test(pathPart);

type PlacedResource = { readonly parentId: string; readonly pathPart: string; readonly resourceId: string };

/**
 * AWS's rules for a resource under a parent (recorded messages): the characters, no child under a greedy variable,
 * one variable and no equal name among siblings. `resourceId` is left out of the siblings (renaming, moving).
 *
 * @throws EditError
 */
export function checkPathPart(definition: ApiDefinition, placed: PlacedResource): void {
  const siblings = Object.values(definition.resources).filter(
    (resource) => resource.parentId === placed.parentId,
  );
  checkAmongSiblings(definition, placed, siblings);
}

/** As checkPathPart, for who knows the siblings already. */
export function checkAmongSiblings(
  definition: ApiDefinition,
  placed: PlacedResource,
  siblings: readonly Pick<Resource, "id" | "pathPart">[],
): void {
  const fail = (code: EditErrorCode, message: string): never => {
    throw new EditError(code, message, ["resources", placed.resourceId, "pathPart"]);
  };
  if (!isPathPart(placed.pathPart)) {
    fail(
      "BAD_REQUEST",
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  }
  const parent = ownEntry(definition.resources, placed.parentId);
  if (parent && isGreedyPart(parent.pathPart)) fail("BAD_REQUEST", greedyParent(parent.pathPart));
  for (const sibling of siblings) {
    if (sibling.id === placed.resourceId) continue;
    if (sibling.pathPart === placed.pathPart) {
      fail("CONFLICT", `Another resource with the same parent already has this name: ${placed.pathPart}`);
    }
    if (isVariablePart(sibling.pathPart) && isVariablePart(placed.pathPart)) {
      fail(
        "BAD_REQUEST",
        `A sibling (${sibling.pathPart}) of this resource already has a variable path part -- only one is allowed`,
      );
    }
  }
}

/** AWS's message for a child below `{proxy+}`. */
export const greedyParent = (pathPart: string) =>
  `Cannot create a child of a resource with a greedy path variable: ${pathPart}`;
