import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import { whereUsed } from "@/server/domain/where-used";

export const deleteModel = defineEdit({
  name: "delete-model",
  input: z.strictObject({ name: z.string() }),
  label: ({ name }) => `Delete model ${name}`,
  apply(draft, { name }) {
    const path = ["models", name];
    if (!ownEntry(draft.models, name)) {
      throw new EditError("NOT_FOUND", `Invalid model name specified: ${name}`, path);
    }
    const uses = whereUsed(draft, { kind: "model", name });
    if (uses.length > 0) {
      throw new EditError(
        "CONFLICT",
        `Cannot delete model '${name}', is referenced in ${uses.join(", ")}`,
        path,
      );
    }
    delete draft.models[name];
  },
});
