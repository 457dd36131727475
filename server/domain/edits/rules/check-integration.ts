import type { ApiDefinition } from "@/server/domain/definition";
import { findMethod, integrationPath, type MethodKey } from "@/server/domain/edits/find-entity";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import { pathParameterNames } from "@/server/domain/path-parameters";
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
 * AWS's rules for PutIntegration, in its words: address, verb, keys of templates, mapping expressions, and that
 * what they read is declared by the method.
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
  checkRequestMappings(definition, key, integration.requestParameters);
  for (const response of Object.values(integration.integrationResponses)) {
    checkIntegrationResponse(definition, key, response);
  }
}

function checkRequestMappings(
  definition: ApiDefinition,
  key: MethodKey,
  mappings: Record<string, string>,
): void {
  const method = findMethod(definition, key);
  const inPath = pathParameterNames(definition, key.resourceId);
  const errors = Object.values(mappings).flatMap((text) => {
    const expression = parseMappingExpression(text, "request");
    if (!expression) return [unreadableExpression(text)];
    if (!("all" in expression)) return [];
    const declared =
      Object.hasOwn(method.requestParameters, `method.request.${expression.source}.${expression.name}`) ||
      (expression.source === "path" && inPath.includes(expression.name));
    return declared ? [] : [undeclaredParameter(text)];
  });
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
