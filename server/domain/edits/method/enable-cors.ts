import { z } from "zod";
import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findResource } from "@/server/domain/edits/find-entity";
import { verbSchema } from "@/server/domain/edits/input-fields";
import { pathParameterNames } from "@/server/domain/path-parameters";
import type { Resource } from "@/server/gateway/snapshot/api-snapshot";
import { HTTP_METHODS, type Method, methodSchema } from "@/server/gateway/snapshot/method";

/** What AWS's console allows by itself. */
const DEFAULT_HEADERS = ["Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Amz-Security-Token"];
/** A value between the quotes of a static mapping: printable, without the quote itself. */
const headerText = z
  .string()
  .regex(/^[\x20-\x26\x28-\x7e]*$/, "A header's value may not have quotes or line breaks");

/**
 * Answers preflight requests with a MOCK OPTIONS method, and lets the browser read the answers: of methods with a
 * non-proxy integration (a proxy's back end must send the header itself) and, on request, of the gateway's errors.
 */
export const enableCors = defineEdit({
  name: "enable-cors",
  input: z.strictObject({
    resourceId: z.string(),
    allowOrigin: headerText.min(1).default("*"),
    /** Without it: the resource's verbs and OPTIONS. */
    allowMethods: z.array(verbSchema).optional(),
    allowHeaders: z.array(headerText).default(DEFAULT_HEADERS),
    exposeHeaders: z.array(headerText).default([]),
    allowCredentials: z.boolean().default(false),
    /** Seconds a browser may remember the answer; null leaves it to the browser. */
    maxAgeSeconds: z.number().int().min(0).max(86_400).nullable().default(null),
    gatewayResponses: z.array(z.enum(["DEFAULT_4XX", "DEFAULT_5XX"])).default([]),
  }),
  label: ({ resourceId }, definition) => `Enable CORS on ${resourcePath(definition, resourceId) ?? "?"}`,
  apply(draft, input) {
    const resource = findResource(draft, input.resourceId);
    const answer: Record<string, string> = { "Access-Control-Allow-Origin": `'${input.allowOrigin}'` };
    if (input.allowCredentials) answer["Access-Control-Allow-Credentials"] = "'true'";
    const exposed = input.exposeHeaders.join(",");
    for (const method of Object.values(resource.resourceMethods)) {
      if (method.httpMethod === "OPTIONS") continue;
      addHeaders(method, exposed ? { ...answer, "Access-Control-Expose-Headers": `'${exposed}'` } : answer);
    }
    const verbs = input.allowMethods ?? verbsOf(resource);
    const preflight = {
      ...answer,
      "Access-Control-Allow-Headers": `'${input.allowHeaders.join(",")}'`,
      "Access-Control-Allow-Methods": `'${verbs.join(",")}'`,
      ...(input.maxAgeSeconds === null ? {} : { "Access-Control-Max-Age": `'${input.maxAgeSeconds}'` }),
    };
    resource.resourceMethods.OPTIONS = preflightMethod(draft, resource, preflight);
    for (const responseType of input.gatewayResponses) {
      draft.gatewayResponses[responseType] ??= {
        responseType,
        statusCode: null,
        responseParameters: {},
        responseTemplates: {},
      };
      for (const [name, value] of Object.entries(answer)) {
        draft.gatewayResponses[responseType].responseParameters[`gatewayresponse.header.${name}`] = value;
      }
    }
  },
});

function verbsOf(resource: Resource): string[] {
  const own = Object.keys(resource.resourceMethods);
  if (own.includes("ANY")) return HTTP_METHODS.filter((verb) => verb !== "ANY");
  return [...own.filter((verb) => verb !== "OPTIONS"), "OPTIONS"];
}

function addHeaders(method: Method, headers: Record<string, string>): void {
  const integration = method.methodIntegration;
  if (!integration || integration.type.endsWith("_PROXY")) return;
  for (const response of Object.values(integration.integrationResponses)) {
    const { statusCode } = response;
    method.methodResponses[statusCode] ??= { statusCode, responseParameters: {}, responseModels: {} };
    for (const [name, value] of Object.entries(headers)) {
      method.methodResponses[statusCode].responseParameters[`method.response.header.${name}`] ??= false;
      response.responseParameters[`method.response.header.${name}`] = value;
    }
  }
}

function preflightMethod(
  definition: ApiDefinition,
  resource: Resource,
  headers: Record<string, string>,
): Method {
  const names = Object.keys(headers).map((name) => `method.response.header.${name}`);
  return methodSchema.parse({
    httpMethod: "OPTIONS",
    requestParameters: Object.fromEntries(
      pathParameterNames(definition, resource.id).map((name) => [`method.request.path.${name}`, true]),
    ),
    methodResponses: {
      "200": {
        statusCode: "200",
        responseParameters: Object.fromEntries(names.map((name) => [name, false])),
      },
    },
    methodIntegration: {
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      integrationResponses: {
        "200": {
          statusCode: "200",
          responseParameters: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]),
          ),
        },
      },
    },
  });
}
