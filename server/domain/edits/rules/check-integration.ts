import type { ApiDefinition } from "@/server/domain/definition";
import { findMethod, integrationPath, type MethodKey } from "@/server/domain/edits/find-entity";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import type { Integration, IntegrationResponse } from "@/server/gateway/snapshot/integration";
import { checkMediaTypes } from "./check-media-types";
import { endpointFault } from "./endpoint-fault";
import {
  mappingError,
  parseMappingExpression,
  undeclaredParameter,
  unreadableExpression,
} from "./mapping-expression";

/** AWS keeps neither an address nor a verb for a MOCK, and a connection only for HTTP. */
export function normalizeIntegration(integration: Integration): Integration {
  if (integration.type === "MOCK") return { ...integration, uri: null, httpMethod: null };
  return integration;
}

/**
 * AWS's rules for PutIntegration, in its words: address, verb, keys of templates, mapping expressions.
 *
 * @throws EditError
 */
export function checkIntegration(definition: ApiDefinition, key: MethodKey, integration: Integration): void {
  const path = integrationPath(key);
  const fault = endpointFault(integration);
  if (fault) throw new EditError("BAD_REQUEST", fault.message, [...path, fault.field]);
  if (integration.connectionType === "VPC_LINK" && !integration.connectionId) {
    throw new EditError("BAD_REQUEST", "A connection of type VPC_LINK needs a connectionId", [
      ...path,
      "connectionId",
    ]);
  }
  if (integration.responseTransferMode === "STREAM" && !integration.type.endsWith("_PROXY")) {
    throw new EditError("BAD_REQUEST", "Only a proxy integration can stream its response", [
      ...path,
      "responseTransferMode",
    ]);
  }
  checkMediaTypes(integration.requestTemplates, [...path, "requestTemplates"]);
  checkRequestMappings(key, integration.requestParameters);
  for (const response of Object.values(integration.integrationResponses)) {
    checkIntegrationResponse(definition, key, response);
  }
}

/** Whether the method declares what is read is for `check/` to say: the designer may add it afterwards. */
function checkRequestMappings(key: MethodKey, mappings: Record<string, string>): void {
  const errors = Object.values(mappings)
    .filter((text) => !parseMappingExpression(text, "request"))
    .map(unreadableExpression);
  if (errors.length > 0) throw mappingError(errors, [...integrationPath(key), "requestParameters"]);
}

/** @throws EditError for keys that are no media type, unreadable expressions, headers the method does not declare */
export function checkIntegrationResponse(
  definition: ApiDefinition,
  key: MethodKey,
  response: IntegrationResponse,
): void {
  const path = [...integrationPath(key), "integrationResponses", response.statusCode];
  checkMediaTypes(response.responseTemplates, [...path, "responseTemplates"]);
  const declared = ownEntry(findMethod(definition, key).methodResponses, response.statusCode);
  const errors = Object.entries(response.responseParameters).flatMap(([target, text]) => [
    ...(Object.hasOwn(declared?.responseParameters ?? {}, target) ? [] : [undeclaredParameter(target)]),
    ...(parseMappingExpression(text, "response") ? [] : [unreadableExpression(text)]),
  ]);
  if (errors.length > 0) throw mappingError(errors, [...path, "responseParameters"]);
}
