import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findMethod, findResource, methodName } from "@/server/domain/edits/find-entity";
import { methodKeyFields } from "@/server/domain/edits/input-fields";

export const deleteMethod = defineEdit({
  name: "delete-method",
  input: z.strictObject(methodKeyFields),
  label: (input, definition) => `Delete method ${methodName(definition, input)}`,
  apply(draft, input) {
    findMethod(draft, input);
    delete findResource(draft, input.resourceId).resourceMethods[input.httpMethod];
  },
});
