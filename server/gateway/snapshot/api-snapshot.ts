import { z } from "zod";
import { gatewayResponseSchema, gatewayResponseTypeSchema } from "./gateway-response";
import { httpMethodSchema, methodSchema } from "./method";

/** The version of this document's shape. A data plane rejects one it does not know. */
export const SNAPSHOT_FORMAT_VERSION = 1;

/** One node of the resource tree. The root has `parentId: null` and `pathPart: ""`. */
export const resourceSchema = z.strictObject({
  id: z.string().min(1),
  parentId: z.string().nullable(),
  pathPart: z.string(),
  resourceMethods: z.partialRecord(httpMethodSchema, methodSchema).default({}),
});
export type Resource = z.infer<typeof resourceSchema>;

/** A JSON Schema (draft 4) by name; `schema` is its JSON text. */
export const modelSchema = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9]+$/, "A model name is alphanumeric"),
  description: z.string().default(""),
  contentType: z.string().default("application/json"),
  schema: z.string().default("{}"),
});
export type Model = z.infer<typeof modelSchema>;

export const requestValidatorSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string(),
  validateRequestBody: z.boolean().default(false),
  validateRequestParameters: z.boolean().default(false),
});
export type RequestValidator = z.infer<typeof requestValidatorSchema>;

export const authorizerSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  type: z.enum(["TOKEN", "REQUEST", "COGNITO_USER_POOLS"]),
  providerARNs: z.array(z.string()).default([]),
  authType: z.string().nullable().default(null),
  authorizerUri: z.string().nullable().default(null),
  authorizerCredentials: z.string().nullable().default(null),
  identitySource: z.string().nullable().default(null),
  identityValidationExpression: z.string().nullable().default(null),
  /** Null is not said: 300 at run time. */
  authorizerResultTtlInSeconds: z.number().int().min(0).max(3600).nullable().default(300),
});
export type Authorizer = z.infer<typeof authorizerSchema>;

/** A documentation part: where it belongs (AWS's `location`) and its properties as JSON text. */
export const documentationPartSchema = z.strictObject({
  id: z.string().min(1),
  location: z.strictObject({
    type: z.string(),
    path: z.string().nullable().default(null),
    method: z.string().nullable().default(null),
    statusCode: z.string().nullable().default(null),
    name: z.string().nullable().default(null),
  }),
  properties: z.string(),
});
export type DocumentationPart = z.infer<typeof documentationPartSchema>;

/**
 * The whole API as one value in AWS's terms: what a draft holds and what a deployment freezes.
 * Records are keyed by the entity's own id, name or type. The source of the shapes is apigateway 2015-07-09.
 */
export const apiSnapshotSchema = z.strictObject({
  formatVersion: z.literal(SNAPSHOT_FORMAT_VERSION),
  name: z.string().min(1, "An API needs a name"),
  description: z.string().default(""),
  version: z.string().default(""),
  apiKeySource: z.enum(["HEADER", "AUTHORIZER"]).default("HEADER"),
  binaryMediaTypes: z.array(z.string()).default([]),
  /** Bytes from which answers are compressed; null is never. */
  minimumCompressionSize: z.number().int().min(0).max(10_485_760).nullable().default(null),
  disableExecuteApiEndpoint: z.boolean().default(false),
  endpointConfiguration: z
    .strictObject({
      types: z.array(z.enum(["EDGE", "REGIONAL", "PRIVATE"])).default(["REGIONAL"]),
      ipAddressType: z.enum(["ipv4", "dualstack"]).default("ipv4"),
      vpcEndpointIds: z.array(z.string()).default([]),
    })
    .default({ types: ["REGIONAL"], ipAddressType: "ipv4", vpcEndpointIds: [] }),
  /** Resource policy as JSON text. */
  policy: z.string().nullable().default(null),
  resources: z.record(z.string(), resourceSchema),
  models: z.record(z.string(), modelSchema).default({}),
  requestValidators: z.record(z.string(), requestValidatorSchema).default({}),
  authorizers: z.record(z.string(), authorizerSchema).default({}),
  gatewayResponses: z.partialRecord(gatewayResponseTypeSchema, gatewayResponseSchema).default({}),
  documentationParts: z.array(documentationPartSchema).default([]),
});
export type ApiSnapshot = z.infer<typeof apiSnapshotSchema>;
