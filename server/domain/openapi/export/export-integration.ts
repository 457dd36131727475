import {
  DEFAULT_INTEGRATION_TIMEOUT_MS,
  type Integration,
  type IntegrationResponse,
} from "@/server/gateway/snapshot/integration";
import type { JsonObject } from "./export-openapi";

/**
 * `x-amazon-apigateway-integration`; what is at its default is left out, as in AWS's exports, where the type comes
 * first in Swagger and last in OpenAPI 3.
 */
export function exportIntegration(integration: Integration, format: "oas30" | "swagger"): JsonObject {
  const timeout = integration.timeoutInMillis;
  const type = { type: integration.type.toLowerCase() };
  return {
    ...(format === "swagger" ? type : {}),
    ...said("httpMethod", integration.httpMethod),
    ...said("uri", integration.uri),
    ...said("credentials", integration.credentials),
    ...said("connectionType", integration.connectionType === "INTERNET" ? null : integration.connectionType),
    ...said("connectionId", integration.connectionId),
    ...said("integration-target", integration.integrationTarget),
    ...record("responses", exportResponses(integration)),
    ...record("requestParameters", integration.requestParameters),
    ...record("requestTemplates", integration.requestTemplates),
    passthroughBehavior: integration.passthroughBehavior.toLowerCase(),
    ...said("contentHandling", integration.contentHandling),
    ...said("timeoutInMillis", timeout === DEFAULT_INTEGRATION_TIMEOUT_MS ? null : timeout),
    ...said("cacheNamespace", integration.cacheNamespace),
    ...said(
      "cacheKeyParameters",
      integration.cacheKeyParameters.length > 0 ? integration.cacheKeyParameters : null,
    ),
    ...said("tlsConfig", integration.tlsConfig),
    ...said(
      "responseTransferMode",
      integration.responseTransferMode === "BUFFERED" ? null : integration.responseTransferMode,
    ),
    ...(format === "swagger" ? {} : type),
  };
}

const said = (key: string, value: unknown): JsonObject => (value === null ? {} : { [key]: value });

const record = (key: string, value: JsonObject): JsonObject =>
  Object.keys(value).length > 0 ? { [key]: value } : {};

/** By pattern. Of two responses with the same pattern the first is always chosen, so only it is written. */
function exportResponses({ integrationResponses }: Integration): JsonObject {
  const responses: JsonObject = {};
  for (const response of Object.values(integrationResponses)) {
    const pattern = response.selectionPattern || "default";
    if (!Object.hasOwn(responses, pattern)) responses[pattern] = exportResponse(response);
  }
  return responses;
}

function exportResponse(response: IntegrationResponse): JsonObject {
  return {
    statusCode: response.statusCode,
    ...record("responseParameters", response.responseParameters),
    ...record("responseTemplates", response.responseTemplates),
    ...said("contentHandling", response.contentHandling),
  };
}
