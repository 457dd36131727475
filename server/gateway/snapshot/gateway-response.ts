import { z } from "zod";

/** AWS's gateway response types with their default status; null inherits from DEFAULT_4XX / DEFAULT_5XX. */
export const GATEWAY_RESPONSE_TYPES = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_PARAMETERS: 400,
  BAD_REQUEST_BODY: 400,
  DEFAULT_4XX: null,
  DEFAULT_5XX: null,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  QUOTA_EXCEEDED: 429,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
} as const;
export type GatewayResponseType = keyof typeof GATEWAY_RESPONSE_TYPES;

export const gatewayResponseTypeSchema = z.enum(
  Object.keys(GATEWAY_RESPONSE_TYPES) as [GatewayResponseType, ...GatewayResponseType[]],
);

/** A customised gateway response. Templates are not VTL: only `$context.x` and `$stageVariables.x` are replaced. */
export const gatewayResponseSchema = z.strictObject({
  responseType: gatewayResponseTypeSchema,
  statusCode: z
    .string()
    .regex(/^[1-5]\d\d$/)
    .nullable()
    .default(null),
  /** `gatewayresponse.header.NAME` → `'static'`, `context.x`, `method.request.header.x`… */
  responseParameters: z.record(z.string(), z.string()).default({}),
  responseTemplates: z.record(z.string(), z.string()).default({}),
});
export type GatewayResponse = z.infer<typeof gatewayResponseSchema>;
