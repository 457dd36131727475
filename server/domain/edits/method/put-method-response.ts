import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findMethod, methodName, methodPath } from "@/server/domain/edits/find-entity";
import { methodKeyFields, statusCodeSchema } from "@/server/domain/edits/input-fields";
import { checkMethodResponse } from "@/server/domain/edits/rules/check-method";
import { methodResponseSchema } from "@/server/gateway/snapshot/method";

/** Sets or replaces what the method may answer with a status code. */
export const putMethodResponse = defineEdit({
  name: "put-method-response",
  input: z.strictObject({
    ...methodKeyFields,
    methodResponse: methodResponseSchema.extend({
      statusCode: statusCodeSchema,
      responseParameters: z.record(z.string(), z.boolean()).default({}),
    }),
  }),
  label: (input, definition) =>
    `Set method response ${input.methodResponse.statusCode} of ${methodName(definition, input)}`,
  apply(draft, input) {
    const { statusCode } = input.methodResponse;
    const method = findMethod(draft, input);
    checkMethodResponse(draft, input.methodResponse, [...methodPath(input), "methodResponses", statusCode]);
    method.methodResponses[statusCode] = input.methodResponse;
  },
});
