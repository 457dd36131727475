import { z } from "zod";
import { fullLocation, locationLabel } from "@/server/domain/documentation/part-location";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { entityIdSchema } from "@/server/domain/edits/input-fields";
import { EditError } from "@/server/domain/errors";
import { documentationPartSchema } from "@/server/gateway/snapshot/api-snapshot";
import { checkDocumentationPart } from "./check-documentation-part";

/**
 * Adds a documentation part, or gives the one with this id other properties (AWS's CreateDocumentationPart and
 * UpdateDocumentationPart). What its location does not say is `/` and `*`; a part's location never changes.
 */
export const putDocumentationPart = defineEdit({
  name: "put-documentation-part",
  input: z.strictObject({ part: documentationPartSchema.extend({ id: entityIdSchema }) }),
  label: ({ part }, definition) =>
    `${definition.documentationParts.some(({ id }) => id === part.id) ? "Change" : "Add"} documentation: ${locationLabel(part.location)}`,
  apply(draft, { part: given }) {
    const part = { ...given, location: fullLocation(given.location) };
    checkDocumentationPart(draft.documentationParts, part);
    const index = draft.documentationParts.findIndex(({ id }) => id === part.id);
    const known = draft.documentationParts[index];
    if (!known) {
      draft.documentationParts.push(part);
      return;
    }
    if (locationLabel(known.location) !== locationLabel(part.location)) {
      throw new EditError("BAD_REQUEST", "The location of a documentation part cannot be changed", [
        "documentationParts",
        index,
        "location",
      ]);
    }
    known.properties = part.properties;
  },
});
