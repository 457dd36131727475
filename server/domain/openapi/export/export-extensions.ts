import type { GatewayResponse } from "@/server/gateway/snapshot/gateway-response";
import type { ExportContext, JsonObject } from "./export-openapi";

/** The root's extensions: what belongs to the whole API. */
export function exportApiExtensions({ definition }: ExportContext): JsonObject {
  const extensions: [name: string, value: unknown][] = [
    ["api-key-source", definition.apiKeySource === "HEADER" ? null : definition.apiKeySource],
    ["request-validators", validators(definition.requestValidators)],
    ["gateway-responses", gatewayResponses(Object.values(definition.gatewayResponses))],
    ["binary-media-types", definition.binaryMediaTypes.length > 0 ? definition.binaryMediaTypes : null],
    ["minimum-compression-size", definition.minimumCompressionSize],
    ["policy", definition.policy === null ? null : policy(definition.policy)],
  ];
  return Object.fromEntries(
    extensions
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [`x-amazon-apigateway-${name}`, value]),
  );
}

function validators(byId: ExportContext["definition"]["requestValidators"]): JsonObject | null {
  const entries = Object.values(byId).map(({ name, validateRequestBody, validateRequestParameters }) => [
    name,
    { validateRequestParameters, validateRequestBody },
  ]);
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

function gatewayResponses(responses: GatewayResponse[]): JsonObject | null {
  const entries = responses.map(({ responseType, statusCode, responseParameters, responseTemplates }) => [
    responseType,
    {
      ...(statusCode === null ? {} : { statusCode }),
      ...(Object.keys(responseParameters).length > 0 ? { responseParameters } : {}),
      ...(Object.keys(responseTemplates).length > 0 ? { responseTemplates } : {}),
    },
  ]);
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

/** The endpoint configuration's extension: in Swagger at the root, in OpenAPI 3 in the server. */
export function endpointExtension({
  disableExecuteApiEndpoint,
  endpointConfiguration,
}: ExportContext["definition"]): JsonObject {
  const { vpcEndpointIds } = endpointConfiguration;
  if (!disableExecuteApiEndpoint && vpcEndpointIds.length === 0) return {};
  return {
    "x-amazon-apigateway-endpoint-configuration": {
      ...(disableExecuteApiEndpoint ? { disableExecuteApiEndpoint } : {}),
      ...(vpcEndpointIds.length > 0 ? { vpcEndpointIds } : {}),
    },
  };
}

function policy(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
