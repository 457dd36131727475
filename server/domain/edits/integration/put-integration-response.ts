import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findIntegration, methodName } from "@/server/domain/edits/find-entity";
import { methodKeyFields, statusCodeSchema } from "@/server/domain/edits/input-fields";
import { checkIntegrationResponse } from "@/server/domain/edits/rules/check-integration";
import { integrationResponseSchema } from "@/server/gateway/snapshot/integration";

/** Sets or replaces the integration response of a status code. */
export const putIntegrationResponse = defineEdit({
  name: "put-integration-response",
  input: z.strictObject({
    ...methodKeyFields,
    integrationResponse: integrationResponseSchema.extend({ statusCode: statusCodeSchema }),
  }),
  label: (input, definition) =>
    `Set integration response ${input.integrationResponse.statusCode} of ${methodName(definition, input)}`,
  apply(draft, input) {
    const integration = findIntegration(draft, input);
    checkIntegrationResponse(draft, input, input.integrationResponse);
    integration.integrationResponses[input.integrationResponse.statusCode] = input.integrationResponse;
  },
});
