import { z } from "zod";
import { resourcePath } from "@/server/domain/definition";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findResource } from "@/server/domain/edits/find-entity";
import { EditError } from "@/server/domain/errors";

export const deleteResource = defineEdit({
  name: "delete-resource",
  input: z.strictObject({ resourceId: z.string() }),
  label: ({ resourceId }, definition) => `Delete resource ${resourcePath(definition, resourceId) ?? "?"}`,
  apply(draft, { resourceId }) {
    if (findResource(draft, resourceId).parentId === null) {
      throw new EditError("BAD_REQUEST", "Root resource cannot be deleted.", ["resources", resourceId]);
    }
    const doomed = [resourceId];
    for (const parentId of doomed) {
      for (const resource of Object.values(draft.resources)) {
        if (resource.parentId === parentId) doomed.push(resource.id);
      }
    }
    for (const id of doomed) delete draft.resources[id];
  },
});
