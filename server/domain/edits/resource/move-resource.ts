import { z } from "zod";
import { resourcePath } from "@/server/domain/definition";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findResource } from "@/server/domain/edits/find-entity";
import { checkPathPart } from "@/server/domain/edits/rules/check-path-part";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";

export const moveResource = defineEdit({
  name: "move-resource",
  input: z.strictObject({ resourceId: z.string(), parentId: z.string() }),
  label: ({ resourceId, parentId }, definition) =>
    `Move resource ${resourcePath(definition, resourceId) ?? "?"} under ${resourcePath(definition, parentId) ?? "?"}`,
  apply(draft, { resourceId, parentId }) {
    const resource = findResource(draft, resourceId);
    const path = ["resources", resourceId, "parentId"];
    if (resource.parentId === null) {
      throw new EditError("BAD_REQUEST", "Root resource cannot update its parentId.", path);
    }
    let ancestor = findResource(draft, parentId);
    for (;;) {
      if (ancestor.id === resourceId) {
        throw new EditError("BAD_REQUEST", "Resources cannot be cyclical.", path);
      }
      const next = ancestor.parentId === null ? undefined : ownEntry(draft.resources, ancestor.parentId);
      if (!next) break;
      ancestor = next;
    }
    checkPathPart(draft, { parentId, pathPart: resource.pathPart, resourceId });
    resource.parentId = parentId;
  },
});
