import { z } from "zod";
import { integrationSchema } from "./integration";
import { parameterLocationPattern } from "./parameter-location";

export const HTTP_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "ANY"] as const;
export const httpMethodSchema = z.enum(HTTP_METHODS);
export type HttpMethod = z.infer<typeof httpMethodSchema>;

export const authorizationTypeSchema = z.enum(["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"]);

const statusCodeSchema = z.string().regex(/^[1-5]\d\d$/, "A status code is three digits from 100 to 599");

/** What a method may answer: `responseParameters` maps `method.response.header.NAME` to "required". */
export const methodResponseSchema = z.strictObject({
  statusCode: statusCodeSchema,
  responseParameters: z
    .record(z.string().regex(/^method\.response\.header\.[\w.$-]+$/), z.boolean())
    .default({}),
  responseModels: z.record(z.string(), z.string()).default({}),
});
export type MethodResponse = z.infer<typeof methodResponseSchema>;

/** AWS's Method: the method request, its responses and its integration. */
export const methodSchema = z.strictObject({
  httpMethod: httpMethodSchema,
  authorizationType: authorizationTypeSchema.default("NONE"),
  authorizerId: z.string().nullable().default(null),
  authorizationScopes: z.array(z.string()).default([]),
  apiKeyRequired: z.boolean().default(false),
  requestValidatorId: z.string().nullable().default(null),
  operationName: z.string().default(""),
  description: z.string().default(""),
  /** `method.request.{path|querystring|header}.NAME` → required. */
  requestParameters: z
    .record(z.string().regex(parameterLocationPattern("method.request")), z.boolean())
    .default({}),
  /** media type (or `$default`) → model name. */
  requestModels: z.record(z.string(), z.string()).default({}),
  methodResponses: z.record(statusCodeSchema, methodResponseSchema).default({}),
  methodIntegration: integrationSchema.nullable().default(null),
});
export type Method = z.infer<typeof methodSchema>;
