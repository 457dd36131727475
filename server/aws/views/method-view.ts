import type { Integration, IntegrationResponse } from "@/server/gateway/snapshot/integration";
import type { Method, MethodResponse } from "@/server/gateway/snapshot/method";
import { present } from "./present";

/** AWS's Method, with its responses and its integration. */
export function methodView(method: Method, resourceId: string) {
  return {
    httpMethod: method.httpMethod,
    authorizationType: method.authorizationType,
    authorizerId: present(method.authorizerId),
    apiKeyRequired: method.apiKeyRequired,
    requestValidatorId: present(method.requestValidatorId),
    operationName: present(method.operationName),
    requestParameters: present(method.requestParameters),
    requestModels: present(method.requestModels),
    methodResponses: present(mapEntries(method.methodResponses, methodResponseView)),
    methodIntegration: method.methodIntegration
      ? integrationView(method.methodIntegration, resourceId)
      : undefined,
    authorizationScopes: present(method.authorizationScopes),
  };
}

export function methodResponseView(response: MethodResponse) {
  return {
    statusCode: response.statusCode,
    responseParameters: present(response.responseParameters),
    responseModels: present(response.responseModels),
  };
}

/** AWS's Integration. What it does not say of a type is left out: a MOCK has no address, a function no connection. */
export function integrationView(integration: Integration, resourceId: string) {
  const isHttp = integration.type === "HTTP" || integration.type === "HTTP_PROXY";
  const isMock = integration.type === "MOCK";
  return {
    type: integration.type,
    httpMethod: isMock ? undefined : present(integration.httpMethod),
    uri: isMock ? undefined : present(integration.uri),
    connectionType:
      isHttp || integration.connectionType === "VPC_LINK" ? integration.connectionType : undefined,
    connectionId: present(integration.connectionId),
    credentials: present(integration.credentials),
    requestParameters: present(integration.requestParameters),
    requestTemplates: present(templatesView(integration.requestTemplates)),
    passthroughBehavior: integration.passthroughBehavior,
    contentHandling: present(integration.contentHandling),
    timeoutInMillis: integration.timeoutInMillis,
    // By default a resource's answers are cached apart from others'.
    cacheNamespace: integration.cacheNamespace || resourceId,
    cacheKeyParameters: integration.cacheKeyParameters,
    integrationResponses: present(mapEntries(integration.integrationResponses, integrationResponseView)),
    tlsConfig: present(integration.tlsConfig),
    responseTransferMode:
      integration.responseTransferMode === "STREAM" ? integration.responseTransferMode : undefined,
    integrationTarget: present(integration.integrationTarget),
  };
}

export function integrationResponseView(response: IntegrationResponse) {
  return {
    statusCode: response.statusCode,
    selectionPattern: response.selectionPattern ?? undefined,
    responseParameters: present(response.responseParameters),
    responseTemplates: present(templatesView(response.responseTemplates)),
    contentHandling: present(response.contentHandling),
  };
}

/** An empty template means passing through; AWS shows it as null. */
function templatesView(templates: Record<string, string>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(templates).map(([type, text]) => [type, text === "" ? null : text]),
  );
}

function mapEntries<Entry, View>(
  entries: Readonly<Record<string, Entry>>,
  view: (entry: Entry) => View,
): Record<string, View> {
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, view(entry)]));
}
