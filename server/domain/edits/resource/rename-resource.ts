import { z } from "zod";
import { resourcePath } from "@/server/domain/definition";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findResource } from "@/server/domain/edits/find-entity";
import { checkPathPart, greedyParent, isGreedyPart } from "@/server/domain/edits/rules/check-path-part";
import { EditError } from "@/server/domain/errors";

export const renameResource = defineEdit({
  name: "rename-resource",
  input: z.strictObject({ resourceId: z.string(), pathPart: z.string() }),
  label: ({ resourceId, pathPart }, definition) =>
    `Rename resource ${resourcePath(definition, resourceId) ?? "?"} to ${pathPart}`,
  apply(draft, { resourceId, pathPart }) {
    const resource = findResource(draft, resourceId);
    const path = ["resources", resourceId, "pathPart"];
    if (resource.parentId === null) {
      throw new EditError("BAD_REQUEST", "Root resource cannot update its pathPart.", path);
    }
    checkPathPart(draft, { parentId: resource.parentId, pathPart, resourceId });
    const hasChild = Object.values(draft.resources).some((other) => other.parentId === resourceId);
    if (hasChild && isGreedyPart(pathPart)) throw new EditError("BAD_REQUEST", greedyParent(pathPart), path);
    resource.pathPart = pathPart;
  },
});
