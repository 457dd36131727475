import type { DeployableParts, NamedMethod } from "@/server/domain/infrastructure/deployable";
import type { Integration } from "@/server/gateway/snapshot/integration";
import { getAtt, ref } from "./intrinsic";
import { API, LOGICAL, said } from "./logical-ids";

/** Properties of an `AWS::ApiGateway::Method`, which holds its responses and its integration. */
export function methodProperties(
  parts: DeployableParts,
  { method, resource }: NamedMethod,
): Record<string, unknown> {
  const validator =
    method.requestValidatorId === null ? undefined : parts.validators.get(method.requestValidatorId);
  const authorizer = method.authorizerId === null ? undefined : parts.authorizers.get(method.authorizerId);
  const owner = parts.resources.find((one) => one.resource.id === resource.id);
  return said({
    RestApiId: ref(API),
    ResourceId: owner ? ref(LOGICAL.resource(owner.name)) : getAtt(API, "RootResourceId"),
    HttpMethod: method.httpMethod,
    OperationName: method.operationName,
    AuthorizationType: method.authorizationType,
    AuthorizerId: authorizer && ref(LOGICAL.authorizer(authorizer.name)),
    AuthorizationScopes: method.authorizationScopes,
    ApiKeyRequired: method.apiKeyRequired || undefined,
    RequestValidatorId: validator && ref(LOGICAL.validator(validator.name)),
    RequestParameters: method.requestParameters,
    RequestModels: modelReferences(parts, method.requestModels),
    MethodResponses: Object.values(method.methodResponses).map((response) =>
      said({
        StatusCode: response.statusCode,
        ResponseParameters: response.responseParameters,
        ResponseModels: modelReferences(parts, response.responseModels),
      }),
    ),
    Integration: method.methodIntegration && integrationProperties(method.methodIntegration),
  });
}

/** A model's `!Ref` is its name. One that is not made here is only named. */
function modelReferences(
  { models }: DeployableParts,
  byType: Record<string, string>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(byType).map(([type, name]) => {
      const known = models.get(name);
      return [type, known && !known.isBuiltIn ? ref(LOGICAL.model(known.name)) : name];
    }),
  );
}

function integrationProperties(integration: Integration): Record<string, unknown> {
  const isVpcLink = integration.connectionType === "VPC_LINK";
  return said({
    Type: integration.type,
    IntegrationHttpMethod: integration.httpMethod,
    Uri: integration.uri,
    Credentials: integration.credentials,
    ConnectionType: isVpcLink ? integration.connectionType : undefined,
    ConnectionId: integration.connectionId,
    IntegrationTarget: integration.integrationTarget,
    PassthroughBehavior: integration.passthroughBehavior,
    ContentHandling: integration.contentHandling,
    TimeoutInMillis: integration.timeoutInMillis,
    ResponseTransferMode: integration.responseTransferMode === "STREAM" ? "STREAM" : undefined,
    CacheNamespace: integration.cacheNamespace,
    CacheKeyParameters: integration.cacheKeyParameters,
    RequestParameters: integration.requestParameters,
    RequestTemplates: integration.requestTemplates,
    IntegrationResponses: Object.values(integration.integrationResponses).map((response) =>
      said({
        StatusCode: response.statusCode,
        SelectionPattern: response.selectionPattern,
        ResponseParameters: response.responseParameters,
        ResponseTemplates: response.responseTemplates,
        ContentHandling: response.contentHandling,
      }),
    ),
  });
}
