import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findIntegration, integrationPath, methodName } from "@/server/domain/edits/find-entity";
import { methodKeyFields, statusCodeSchema } from "@/server/domain/edits/input-fields";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";

export const deleteIntegrationResponse = defineEdit({
  name: "delete-integration-response",
  input: z.strictObject({ ...methodKeyFields, statusCode: statusCodeSchema }),
  label: (input, definition) =>
    `Delete integration response ${input.statusCode} of ${methodName(definition, input)}`,
  apply(draft, input) {
    const { integrationResponses } = findIntegration(draft, input);
    if (!ownEntry(integrationResponses, input.statusCode)) {
      throw new EditError("NOT_FOUND", "Invalid Response status code specified", [
        ...integrationPath(input),
        "integrationResponses",
        input.statusCode,
      ]);
    }
    delete integrationResponses[input.statusCode];
  },
});
