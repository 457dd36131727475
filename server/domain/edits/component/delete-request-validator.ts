import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import { whereUsed } from "@/server/domain/where-used";

export const deleteRequestValidator = defineEdit({
  name: "delete-request-validator",
  input: z.strictObject({ id: z.string() }),
  label: ({ id }, definition) =>
    `Delete request validator ${ownEntry(definition.requestValidators, id)?.name ?? id}`,
  apply(draft, { id }) {
    const path = ["requestValidators", id];
    const validator = ownEntry(draft.requestValidators, id);
    if (!validator) throw new EditError("NOT_FOUND", "Invalid Request Validator identifier specified", path);
    const uses = whereUsed(draft, { kind: "requestValidator", id });
    if (uses.length > 0) {
      throw new EditError(
        "CONFLICT",
        `Cannot delete request validator '${validator.name}', is referenced in ${uses.join(", ")}`,
        path,
      );
    }
    delete draft.requestValidators[id];
  },
});
