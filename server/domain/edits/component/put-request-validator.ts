import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { entityIdSchema } from "@/server/domain/edits/input-fields";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import { requestValidatorSchema } from "@/server/gateway/snapshot/api-snapshot";

export const putRequestValidator = defineEdit({
  name: "put-request-validator",
  input: z.strictObject({ requestValidator: requestValidatorSchema.extend({ id: entityIdSchema }) }),
  label: ({ requestValidator }, definition) =>
    `${ownEntry(definition.requestValidators, requestValidator.id) ? "Change" : "Add"} request validator ${requestValidator.name}`,
  apply(draft, { requestValidator }) {
    if (requestValidator.name.trim() === "") {
      throw new EditError("BAD_REQUEST", "Request Validator name cannot be blank", [
        "requestValidators",
        requestValidator.id,
        "name",
      ]);
    }
    draft.requestValidators[requestValidator.id] = requestValidator;
  },
});
