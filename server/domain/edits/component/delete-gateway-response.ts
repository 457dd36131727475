import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { responseTypeSchema } from "@/server/domain/edits/input-fields";
import { EditError } from "@/server/domain/errors";

/** Gives a gateway response back to its default. */
export const deleteGatewayResponse = defineEdit({
  name: "delete-gateway-response",
  input: z.strictObject({ responseType: responseTypeSchema }),
  label: ({ responseType }) => `Reset gateway response ${responseType}`,
  apply(draft, { responseType }) {
    if (!draft.gatewayResponses[responseType]) {
      throw new EditError("NOT_FOUND", "Gateway response type not defined on api", [
        "gatewayResponses",
        responseType,
      ]);
    }
    delete draft.gatewayResponses[responseType];
  },
});
