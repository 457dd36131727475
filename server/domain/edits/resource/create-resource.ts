import { z } from "zod";
import { resourcePath } from "@/server/domain/definition";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findResource } from "@/server/domain/edits/find-entity";
import { entityIdSchema } from "@/server/domain/edits/input-fields";
import { checkPathPart } from "@/server/domain/edits/rules/check-path-part";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";

export const createResource = defineEdit({
  name: "create-resource",
  input: z.strictObject({ id: entityIdSchema, parentId: z.string(), pathPart: z.string() }),
  label: ({ parentId, pathPart }, definition) => {
    const parent = resourcePath(definition, parentId) ?? "?";
    return `Add resource ${parent === "/" ? "" : parent}/${pathPart}`;
  },
  apply(draft, { id, parentId, pathPart }) {
    findResource(draft, parentId);
    if (ownEntry(draft.resources, id)) {
      throw new EditError("CONFLICT", `There is already a resource with id ${id}`, ["resources", id]);
    }
    checkPathPart(draft, { parentId, pathPart, resourceId: id });
    draft.resources[id] = { id, parentId, pathPart, resourceMethods: {} };
  },
});
