import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findIntegration, findMethod, methodName } from "@/server/domain/edits/find-entity";
import { methodKeyFields } from "@/server/domain/edits/input-fields";

export const deleteIntegration = defineEdit({
  name: "delete-integration",
  input: z.strictObject(methodKeyFields),
  label: (input, definition) => `Delete integration of ${methodName(definition, input)}`,
  apply(draft, input) {
    findIntegration(draft, input);
    findMethod(draft, input).methodIntegration = null;
  },
});
