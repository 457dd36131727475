import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findMethod, methodName, methodPath } from "@/server/domain/edits/find-entity";
import { methodKeyFields } from "@/server/domain/edits/input-fields";
import { checkMethodRequest } from "@/server/domain/edits/rules/check-method";
import { assignMethodFields, methodFields } from "./method-fields";

/** Changes fields of the method request. A map (parameters, models) that is given replaces the one before. */
export const updateMethod = defineEdit({
  name: "update-method",
  input: z.strictObject({ ...methodKeyFields, changes: z.strictObject(methodFields) }),
  label: (input, definition) => `Change method request of ${methodName(definition, input)}`,
  apply(draft, input) {
    const method = findMethod(draft, input);
    assignMethodFields(method, input.changes);
    checkMethodRequest(draft, method, methodPath(input));
  },
});
