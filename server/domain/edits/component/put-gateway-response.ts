import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { responseTypeSchema, statusCodeSchema } from "@/server/domain/edits/input-fields";
import { checkGatewayResponse } from "@/server/domain/edits/rules/check-gateway-response";
import { gatewayResponseSchema } from "@/server/gateway/snapshot/gateway-response";

/** Customises a gateway response; what is not given falls back to AWS's default. */
export const putGatewayResponse = defineEdit({
  name: "put-gateway-response",
  input: z.strictObject({
    gatewayResponse: gatewayResponseSchema.extend({
      responseType: responseTypeSchema,
      statusCode: statusCodeSchema.nullable().default(null),
    }),
  }),
  label: ({ gatewayResponse }) => `Set gateway response ${gatewayResponse.responseType}`,
  apply(draft, { gatewayResponse }) {
    checkGatewayResponse(gatewayResponse);
    draft.gatewayResponses[gatewayResponse.responseType] = gatewayResponse;
  },
});
