import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { Integration, IntegrationResponse } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";

/** Members that AWS leaves out: null, empty text, and collections without entries. */
function without(value: Record<string, unknown>, kept: readonly string[] = []): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([key, member]) => {
      if (kept.includes(key)) return true;
      if (member === null || member === undefined || member === "") return false;
      return typeof member !== "object" || Object.keys(member).length > 0;
    }),
  );
}

export function restApiShape(id: string, definition: ApiDefinition): Record<string, unknown> {
  const { name, description, version, apiKeySource, binaryMediaTypes, minimumCompressionSize, policy } =
    definition;
  const { endpointConfiguration, disableExecuteApiEndpoint } = definition;
  const root = Object.values(definition.resources).find((resource) => resource.parentId === null);
  return {
    ...without({ name, description, version, binaryMediaTypes, minimumCompressionSize, policy }),
    id,
    apiKeySource,
    createdDate: 0,
    disableExecuteApiEndpoint,
    endpointConfiguration: without(endpointConfiguration),
    rootResourceId: root?.id,
  };
}

export function resourceShapes(definition: ApiDefinition): Record<string, unknown>[] {
  return Object.values(definition.resources)
    .map((resource) => ({
      ...without({ id: resource.id, parentId: resource.parentId, pathPart: resource.pathPart }),
      path: resourcePath(definition, resource.id) as string,
      ...without({
        resourceMethods: Object.fromEntries(Object.keys(resource.resourceMethods).map((verb) => [verb, {}])),
      }),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const responseShape = (response: IntegrationResponse) => without(response);

export function integrationShape(integration: Integration, resourceId: string): Record<string, unknown> {
  const isHttp = integration.type.startsWith("HTTP");
  const { integrationTarget, responseTransferMode, connectionType, ...rest } = integration;
  return without(
    {
      ...rest,
      connectionType: isHttp ? connectionType : null,
      cacheNamespace: integration.cacheNamespace ?? resourceId,
      integrationResponses: Object.fromEntries(
        Object.entries(integration.integrationResponses).map(([code, one]) => [code, responseShape(one)]),
      ),
    },
    ["cacheKeyParameters"],
  );
}

export function integrationResponseShape(response: IntegrationResponse): Record<string, unknown> {
  return responseShape(response);
}

export function methodShape(method: Method, resourceId: string): Record<string, unknown> {
  const { description: _documented, methodIntegration, methodResponses, ...rest } = method;
  return without({
    ...rest,
    methodIntegration: methodIntegration && integrationShape(methodIntegration, resourceId),
    methodResponses: Object.fromEntries(
      Object.entries(methodResponses).map(([code, response]) => [code, without(response)]),
    ),
  });
}

export const entityShape = (entity: object) => without(entity as Record<string, unknown>);
