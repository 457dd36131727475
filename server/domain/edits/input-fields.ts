import { z } from "zod";
import { GATEWAY_RESPONSE_TYPES, type GatewayResponseType } from "@/server/gateway/snapshot/gateway-response";
import { HTTP_METHODS } from "@/server/gateway/snapshot/method";

/**
 * An id made by whoever makes the edit: AWS's are 6 to 10 of [a-z0-9]. Never a name such as `__proto__`, nor
 * `constructor`, whose patches Immer does not apply: such an edit could not be undone.
 */
export const entityIdSchema = z
  .string()
  .regex(/^(?!constructor$)[a-zA-Z0-9]{1,36}$/, "An identifier has 1 to 36 letters and digits");

export const verbSchema = z.enum(HTTP_METHODS, {
  error: "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
});

export const methodKeyFields = { resourceId: z.string(), httpMethod: verbSchema };

export const statusCodeSchema = z.string().regex(/^[1-5]\d\d$/, {
  error: (issue) =>
    `1 validation error detected: Value '${issue.input}' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d`,
});

export const responseTypeSchema = z.enum(
  Object.keys(GATEWAY_RESPONSE_TYPES) as [GatewayResponseType, ...GatewayResponseType[]],
  {
    error: (issue) =>
      `1 validation error detected: Value '${issue.input}' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: [${Object.keys(GATEWAY_RESPONSE_TYPES).join(", ")}]`,
  },
);
