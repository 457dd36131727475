import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import { whereUsed } from "@/server/domain/where-used";

export const deleteAuthorizer = defineEdit({
  name: "delete-authorizer",
  input: z.strictObject({ id: z.string() }),
  label: ({ id }, definition) => `Delete authorizer ${ownEntry(definition.authorizers, id)?.name ?? id}`,
  apply(draft, { id }) {
    const path = ["authorizers", id];
    const authorizer = ownEntry(draft.authorizers, id);
    if (!authorizer) throw new EditError("NOT_FOUND", "Invalid Authorizer identifier specified", path);
    const uses = whereUsed(draft, { kind: "authorizer", id });
    if (uses.length > 0) {
      throw new EditError(
        "CONFLICT",
        `Cannot delete authorizer '${authorizer.name}', is referenced in ${uses.join(", ")}`,
        path,
      );
    }
    delete draft.authorizers[id];
  },
});
