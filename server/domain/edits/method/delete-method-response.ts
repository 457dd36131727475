import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findMethod, methodName, methodPath } from "@/server/domain/edits/find-entity";
import { methodKeyFields, statusCodeSchema } from "@/server/domain/edits/input-fields";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";

export const deleteMethodResponse = defineEdit({
  name: "delete-method-response",
  input: z.strictObject({ ...methodKeyFields, statusCode: statusCodeSchema }),
  label: (input, definition) =>
    `Delete method response ${input.statusCode} of ${methodName(definition, input)}`,
  apply(draft, input) {
    const { methodResponses } = findMethod(draft, input);
    if (!ownEntry(methodResponses, input.statusCode)) {
      throw new EditError("NOT_FOUND", "Invalid Response status code specified", [
        ...methodPath(input),
        "methodResponses",
        input.statusCode,
      ]);
    }
    delete methodResponses[input.statusCode];
  },
});
