import { z } from "zod";
import { locationLabel } from "@/server/domain/documentation/part-location";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { EditError } from "@/server/domain/errors";

export const deleteDocumentationPart = defineEdit({
  name: "delete-documentation-part",
  input: z.strictObject({ id: z.string() }),
  label: ({ id }, definition) => {
    const part = definition.documentationParts.find((other) => other.id === id);
    return `Delete documentation${part ? `: ${locationLabel(part.location)}` : ""}`;
  },
  apply(draft, { id }) {
    const index = draft.documentationParts.findIndex((part) => part.id === id);
    if (index < 0) {
      throw new EditError("NOT_FOUND", "Invalid Documentation part identifier specified", [
        "documentationParts",
        id,
      ]);
    }
    draft.documentationParts.splice(index, 1);
  },
});
