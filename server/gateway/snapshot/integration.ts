import { z } from "zod";
import { parameterLocationPattern } from "./parameter-location";

export const INTEGRATION_TYPES = ["MOCK", "HTTP", "HTTP_PROXY", "AWS", "AWS_PROXY"] as const;
export const integrationTypeSchema = z.enum(INTEGRATION_TYPES);
export type IntegrationType = z.infer<typeof integrationTypeSchema>;

export const passthroughBehaviorSchema = z.enum(["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"]);
export type PassthroughBehavior = z.infer<typeof passthroughBehaviorSchema>;
export const contentHandlingSchema = z.enum(["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]);
export type ContentHandling = z.infer<typeof contentHandlingSchema>;

export const DEFAULT_INTEGRATION_TIMEOUT_MS = 29_000;

const TIMEOUT_RANGE = "Timeout should be between 50 ms and 29000 ms, or up to 300000 ms with a raised quota";
const timeoutSchema = z
  .number(TIMEOUT_RANGE)
  .int(TIMEOUT_RANGE)
  .min(50, TIMEOUT_RANGE)
  .max(300_000, TIMEOUT_RANGE);

/** How a back end's answer becomes the answer with `statusCode`. The one without a pattern is the default. */
export const integrationResponseSchema = z.strictObject({
  statusCode: z.string().regex(/^[1-5]\d\d$/, "A status code is three digits from 100 to 599"),
  /** Java regular expression on the back end's status (HTTP) or error message (Lambda); null or "" is the default. */
  selectionPattern: z.string().nullable().default(null),
  /** `method.response.header.NAME` → `integration.response.header.NAME`, `integration.response.body.PATH`, `'static'`… */
  responseParameters: z.record(z.string(), z.string()).default({}),
  /** media type → VTL. */
  responseTemplates: z.record(z.string(), z.string()).default({}),
  contentHandling: contentHandlingSchema.nullable().default(null),
});
export type IntegrationResponse = z.infer<typeof integrationResponseSchema>;

/** AWS's Integration (PutIntegration), every field it has. */
export const integrationSchema = z.strictObject({
  type: integrationTypeSchema,
  /** Verb used towards the back end; `ANY` forwards the client's. Null for MOCK. */
  httpMethod: z.string().nullable().default(null),
  /** URL with `{name}` and `${stageVariables.x}` placeholders, or an ARN. Null for MOCK. */
  uri: z.string().nullable().default(null),
  connectionType: z.enum(["INTERNET", "VPC_LINK"]).default("INTERNET"),
  connectionId: z.string().nullable().default(null),
  credentials: z.string().nullable().default(null),
  /** `integration.request.{path|querystring|header}.NAME` → mapping expression. */
  requestParameters: z
    .record(z.string().regex(parameterLocationPattern("integration.request")), z.string())
    .default({}),
  /** media type → VTL. */
  requestTemplates: z.record(z.string(), z.string()).default({}),
  passthroughBehavior: passthroughBehaviorSchema.default("WHEN_NO_MATCH"),
  contentHandling: contentHandlingSchema.nullable().default(null),
  timeoutInMillis: timeoutSchema.default(DEFAULT_INTEGRATION_TIMEOUT_MS),
  cacheNamespace: z.string().nullable().default(null),
  cacheKeyParameters: z.array(z.string()).default([]),
  tlsConfig: z.strictObject({ insecureSkipVerification: z.boolean() }).nullable().default(null),
  responseTransferMode: z.enum(["BUFFERED", "STREAM"]).default("BUFFERED"),
  integrationTarget: z.string().nullable().default(null),
  integrationResponses: z.record(z.string(), integrationResponseSchema).default({}),
});
export type Integration = z.infer<typeof integrationSchema>;
