import type { DeployableParts, NamedMethod } from "@/server/domain/infrastructure/deployable";
import { API, address, apiId, attribute, list } from "./terraform-names";
import { HclBlock, type HclResource } from "./write-hcl";

/** A method with its responses, its integration and that one's responses: a resource each. */
export function methodResources(parts: DeployableParts, one: NamedMethod): HclResource[] {
  const { name, method, resource } = one;
  const owner = parts.resources.find((other) => other.resource.id === resource.id);
  const validator =
    method.requestValidatorId === null ? undefined : parts.validators.get(method.requestValidatorId);
  const authorizer = method.authorizerId === null ? undefined : parts.authorizers.get(method.authorizerId);
  const place = {
    rest_api_id: apiId,
    resource_id: owner
      ? attribute(address("resource", owner.name), "id")
      : attribute(API, "root_resource_id"),
  };
  const self = address("method", name);
  const ofMethod = { ...place, http_method: attribute(self, "http_method") };
  return [
    {
      type: "aws_api_gateway_method",
      name,
      body: {
        ...place,
        http_method: method.httpMethod,
        operation_name: method.operationName,
        authorization: method.authorizationType,
        authorizer_id: authorizer && attribute(address("authorizer", authorizer.name), "id"),
        authorization_scopes: method.authorizationScopes,
        api_key_required: method.apiKeyRequired || undefined,
        request_validator_id: validator && attribute(address("request_validator", validator.name), "id"),
        request_parameters: method.requestParameters,
        request_models: modelNames(parts, method.requestModels),
      },
    },
    ...Object.values(method.methodResponses).map((response) => ({
      type: "aws_api_gateway_method_response",
      name: `${name}_${response.statusCode}`,
      body: {
        ...ofMethod,
        status_code: response.statusCode,
        response_parameters: response.responseParameters,
        response_models: modelNames(parts, response.responseModels),
      },
    })),
    ...integrationResources(one, ofMethod),
  ];
}

function modelNames({ models }: DeployableParts, byType: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(byType).map(([type, name]) => {
      const known = models.get(name);
      return [type, known && !known.isBuiltIn ? attribute(address("model", known.name), "name") : name];
    }),
  );
}

function integrationResources(
  { name, method }: NamedMethod,
  ofMethod: Record<string, unknown>,
): HclResource[] {
  const integration = method.methodIntegration;
  if (!integration) return [];
  const responses = Object.values(integration.integrationResponses).map((response) => ({
    type: "aws_api_gateway_integration_response",
    name: `${name}_${response.statusCode}`,
    body: {
      ...ofMethod,
      status_code: response.statusCode,
      selection_pattern: response.selectionPattern,
      response_parameters: response.responseParameters,
      response_templates: response.responseTemplates,
      content_handling: response.contentHandling,
      depends_on: list([
        address("integration", name),
        ...(response.statusCode in method.methodResponses
          ? [address("method_response", `${name}_${response.statusCode}`)]
          : []),
      ]),
    },
  }));
  const { tlsConfig } = integration;
  const own = {
    type: "aws_api_gateway_integration",
    name,
    body: {
      ...ofMethod,
      type: integration.type,
      integration_http_method: integration.httpMethod,
      uri: integration.uri,
      credentials: integration.credentials,
      connection_type: integration.connectionType === "VPC_LINK" ? integration.connectionType : null,
      connection_id: integration.connectionId,
      integration_target: integration.integrationTarget,
      passthrough_behavior: integration.passthroughBehavior,
      content_handling: integration.contentHandling,
      timeout_milliseconds: integration.timeoutInMillis,
      response_transfer_mode: integration.responseTransferMode === "STREAM" ? "STREAM" : null,
      cache_namespace: integration.cacheNamespace,
      cache_key_parameters: integration.cacheKeyParameters,
      request_parameters: integration.requestParameters,
      request_templates: integration.requestTemplates,
      tls_config:
        tlsConfig && new HclBlock({ insecure_skip_verification: tlsConfig.insecureSkipVerification }),
    },
  };
  return [own, ...responses];
}
